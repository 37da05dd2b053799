-- Purpose: occurrence number of each contested new line, and how many of its kind stood there before.
-- Parameters: {{table}}, $file. Grain: one row a contested line of the new file.
CREATE OR REPLACE TEMP TABLE ingest_ranked AS
WITH known AS (
  SELECT content_hash, max(occurrence) + 1 AS known_count
  FROM {{table}}
  WHERE file_id <> $file AND content_hash IN (SELECT content_hash FROM ingest_contested)
  GROUP BY content_hash
), fresh AS (
  SELECT rowid AS line, content_hash,
    CAST(row_number() OVER (PARTITION BY content_hash ORDER BY row_no) - 1 AS INTEGER) AS occurrence
  FROM {{table}}
  WHERE file_id = $file AND content_hash IN (SELECT content_hash FROM ingest_contested)
)
SELECT fresh.line, fresh.occurrence, fresh.occurrence < coalesce(known.known_count, 0) AS is_duplicate
FROM fresh LEFT JOIN known USING (content_hash);
