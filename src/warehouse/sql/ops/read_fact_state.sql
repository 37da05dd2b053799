-- Purpose: what the facts are made of, as a few figures that change whenever an ingest or a replay changes them.
-- Grain: one row.
SELECT
  count(*) AS file_count,
  coalesce(max(file_id), 0) AS last_file_id,
  coalesce(sum(rows_loaded), 0)::BIGINT AS rows_loaded,
  max(loaded_at) AS last_loaded_at,
  (SELECT count(*) FROM raw_quarantine) AS quarantined,
  (SELECT count(*) FROM raw_quarantine WHERE state = 'replayed') AS replayed
FROM raw_file;
