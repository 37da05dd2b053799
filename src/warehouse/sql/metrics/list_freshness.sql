-- Purpose: how much of each domain is loaded and how far it reaches. Grain: one row a domain and table.
SELECT domain, table_name, rows, first_on, last_on FROM mart_freshness ORDER BY domain, table_name;
