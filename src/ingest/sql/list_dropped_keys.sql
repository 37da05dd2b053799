-- Purpose: why rows of contested keys are dropped. Reads ingest_ranked. Grain: one row an outcome.
SELECT outcome, count(*) AS dropped, count(*) FILTER (is_new) AS new_rows, min(row_no) AS first_row
FROM ingest_ranked WHERE is_dropped GROUP BY outcome ORDER BY outcome;
