-- Purpose: size of a mart. Grain: one row.
SELECT count(*) AS rows FROM {{table}};
