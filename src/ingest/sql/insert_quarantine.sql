-- Purpose: store refused rows with their reason, numbered in file order. A row that is in the quarantine already is not
-- stored twice. Parameters: $dataset, $source, $store, $file, $name, $seen. Reads ingest_refused. Grain: one row a refused row.
INSERT INTO raw_quarantine
WITH numbered AS (
  SELECT *, row_number() OVER (PARTITION BY content_hash ORDER BY line_no, row_no) - 1 AS occurrence
  FROM ingest_refused
)
SELECT
  (SELECT coalesce(max(quarantine_id), 0) FROM raw_quarantine) + row_number() OVER (ORDER BY line_no, row_no),
  $dataset, $source, $store, $file, $name, line_no, code, column_name, message, raw_line, raw_values, content_hash, occurrence,
  'open', $seen
FROM numbered
WHERE NOT EXISTS (
  SELECT 1 FROM raw_quarantine known
  WHERE known.dataset = $dataset AND known.source = $source AND known.store_id IS NOT DISTINCT FROM $store
    AND known.content_hash = numbered.content_hash AND known.occurrence = numbered.occurrence
);
