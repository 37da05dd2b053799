-- Purpose: tables of the release; one made by older code lacks some. Grain: one row a table.
SELECT table_name FROM information_schema.tables WHERE table_catalog = current_database() ORDER BY table_name;
