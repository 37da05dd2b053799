-- Purpose: drop new lines that earlier files brought already. Parameters: {{table}}.
DELETE FROM {{table}} WHERE rowid IN (SELECT line FROM ingest_ranked WHERE is_duplicate);
