-- Purpose: write a store's facts without a day as Parquet. Identifiers: {{view}}. Parameters: $store, $file.
-- Grain: that of the fact table, in the order of the raw rows.
COPY (
  SELECT * EXCLUDE (part_store, part_on)
  FROM {{view}}
  WHERE part_store = $store AND part_on IS NULL
  ORDER BY file_id, row_no
) TO $file (FORMAT parquet, COMPRESSION zstd);
