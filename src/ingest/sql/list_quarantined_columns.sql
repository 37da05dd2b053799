-- Purpose: source columns of the open rows of one group. Parameters: $dataset, $source, $store. Grain: one row a column.
SELECT DISTINCT unnest(json_keys(raw_values)) AS name FROM raw_quarantine
WHERE state = 'open' AND raw_values IS NOT NULL AND dataset = $dataset AND source = $source
  AND store_id IS NOT DISTINCT FROM $store
ORDER BY name;
