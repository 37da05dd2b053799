-- Purpose: drop all but the chosen row of each contested key. Parameters: {{table}}. Reads ingest_ranked.
DELETE FROM {{table}} WHERE rowid IN (SELECT line FROM ingest_ranked WHERE is_dropped);
