-- Purpose: mark rows that went through as replayed. Reads ingest_replayed.
UPDATE raw_quarantine SET state = 'replayed' WHERE quarantine_id IN (SELECT quarantine_id FROM ingest_replayed);
