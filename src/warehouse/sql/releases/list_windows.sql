-- Purpose: first and last day known of each domain. Grain: one row a domain that has dated rows.
SELECT domain, min(first_on) AS first_on, max(last_on) AS last_on
FROM mart_freshness
WHERE first_on IS NOT NULL
GROUP BY domain
ORDER BY domain;
