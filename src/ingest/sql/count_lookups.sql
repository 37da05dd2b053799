-- Purpose: which lookup tables the connection has already. Grain: one row.
SELECT count(*) AS n FROM duckdb_tables() WHERE temporary AND table_name IN ('ingest_market', 'ingest_currency');
