-- Purpose: why rows were refused, most frequent first. Reads ingest_refused. Grain: one row a reason and column.
SELECT code, column_name AS "column", count(*) AS "count", arg_min(message, line_no) AS example
FROM ingest_refused GROUP BY ALL ORDER BY "count" DESC, code, "column";
