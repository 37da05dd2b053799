-- Purpose: remember a reference file as loaded. Parameters: $name, $sha256.
MERGE INTO ops_reference_file AS known
USING (SELECT $name AS name, $sha256 AS sha256) AS loaded
ON known.name = loaded.name
WHEN MATCHED THEN UPDATE SET sha256 = loaded.sha256
WHEN NOT MATCHED THEN INSERT (name, sha256) VALUES (loaded.name, loaded.sha256);
