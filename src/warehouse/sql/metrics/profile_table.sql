-- Purpose: what a mart table holds, before any query on it: stores, currencies, first and last day.
-- Identifiers: {{table}}, {{day}}, {{currency}}. Grain: one row a store and currency.
SELECT
  store_id,
  {{currency}} AS currency,
  min({{day}}) AS first_on,
  max({{day}}) AS last_on,
  count(*) AS row_count,
  count(*) - count({{day}}) AS undated_count
FROM {{table}}
GROUP BY ALL
ORDER BY ALL;
