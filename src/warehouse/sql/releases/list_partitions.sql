-- Purpose: partitions of a fact table with a fingerprint of their content, to tell the changed ones.
-- Identifiers: {{view}}, one of the partition views. Grain: one row a store and month; rows without a day are undated.
SELECT
  fact.part_store AS store,
  coalesce(strftime(fact.part_on, '%Y-%m'), 'undated') AS month,
  count(*) AS rows,
  count(*) || '-' || sum(hash(fact)) AS fingerprint
FROM {{view}} AS fact
GROUP BY store, month
ORDER BY store, month;
