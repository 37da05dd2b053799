-- Purpose: where a key stands more than once (in the file, or in file and table), which of its rows stays.
-- The newest version wins, then the larger content hash, so that the order of files cannot matter; of equal rows the older
-- stays. Parameters: {{table}}, {{key}} and {{version}} (SQL from the contract), $file. Grain: one row a contested row.
CREATE OR REPLACE TEMP TABLE ingest_ranked AS
WITH new_key AS (
  SELECT DISTINCT hash({{key}}) AS key_hash FROM {{table}} WHERE file_id = $file
), contested AS (
  SELECT hash({{key}}) AS key_hash FROM {{table}}
  WHERE file_id = $file OR hash({{key}}) IN (SELECT key_hash FROM new_key)
  GROUP BY key_hash HAVING count(*) > 1
), ranked AS (
  SELECT rowid AS line, file_id = $file AS is_new, content_hash, row_no, {{version}} AS version,
    row_number() OVER chosen AS place,
    first_value(content_hash) OVER chosen AS winner_hash,
    first_value({{version}}) OVER chosen AS winner_version
  FROM {{table}}
  WHERE hash({{key}}) IN (SELECT key_hash FROM contested)
  WINDOW chosen AS (
    PARTITION BY {{key}} ORDER BY {{version}} DESC NULLS LAST, content_hash DESC, file_id = $file, row_no
  )
)
SELECT line, is_new, row_no, place > 1 AS is_dropped,
  CASE WHEN content_hash = winner_hash THEN 'same'
    WHEN version IS DISTINCT FROM winner_version THEN 'superseded' ELSE 'conflict' END AS outcome
FROM ranked;
