-- Purpose: hashes of the new file that are not alone: repeated inside it, or known from earlier files.
-- Parameters: {{table}}, $file. Grain: one row a hash. Only these need an occurrence number.
CREATE OR REPLACE TEMP TABLE ingest_contested AS
SELECT content_hash FROM {{table}} WHERE file_id = $file GROUP BY content_hash HAVING count(*) > 1
UNION
SELECT content_hash FROM {{table}} WHERE file_id = $file
  AND content_hash IN (SELECT content_hash FROM {{table}} WHERE file_id <> $file);
