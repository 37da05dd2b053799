-- Purpose: values a reader can filter a small dimension by. Identifiers: {{table}}, {{column}}. Grain: one row a value.
SELECT DISTINCT {{column}} AS value FROM {{table}} WHERE {{column}} IS NOT NULL ORDER BY value LIMIT 200;
