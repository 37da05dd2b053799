-- Purpose: what a mart table without money holds: stores, first and last day.
-- Identifiers: {{table}}, {{day}}. Grain: one row a store.
SELECT
  store_id,
  NULL::VARCHAR AS currency,
  min({{day}}) AS first_on,
  max({{day}}) AS last_on,
  count(*) AS row_count,
  count(*) - count({{day}}) AS undated_count
FROM {{table}}
GROUP BY ALL
ORDER BY ALL;
