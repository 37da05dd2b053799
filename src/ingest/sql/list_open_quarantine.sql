-- Purpose: what waits in the quarantine and can be tried again. Parameters: $dataset (NULL: all).
-- Grain: one row a dataset, source and store.
SELECT dataset, source, store_id, count(*) AS row_count FROM raw_quarantine
WHERE state = 'open' AND raw_values IS NOT NULL AND ($dataset IS NULL OR dataset = $dataset)
GROUP BY ALL ORDER BY ALL;
