-- Purpose: write one month of a store's facts as Parquet. Identifiers: {{view}}. Parameters: $store, $first_day (of the
-- month), $file. Grain: that of the fact table, in the order of the raw rows.
COPY (
  SELECT * EXCLUDE (part_store, part_on)
  FROM {{view}}
  WHERE part_store = $store
    AND part_on >= $first_day::DATE
    AND part_on < ($first_day::DATE + INTERVAL 1 MONTH)::DATE
  ORDER BY file_id, row_no
) TO $file (FORMAT parquet, COMPRESSION zstd);
