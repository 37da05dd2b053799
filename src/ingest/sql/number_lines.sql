-- Purpose: give equal lines of one file their occurrence numbers. Parameters: {{table}}.
UPDATE {{table}} SET occurrence = ranked.occurrence
FROM (SELECT line, occurrence FROM ingest_ranked WHERE NOT is_duplicate AND occurrence > 0) ranked
WHERE {{table}}.rowid = ranked.line;
