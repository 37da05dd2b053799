-- Purpose: reference files loaded so far. Grain: one row a file.
SELECT name, sha256 FROM ops_reference_file;
