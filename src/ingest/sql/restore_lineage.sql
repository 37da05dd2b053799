-- Purpose: give replayed rows the file and line that they came from. Parameters: {{table}}, $file (the stand-in).
UPDATE {{table}} SET file_id = quarantine.file_id, row_no = quarantine.line_no
FROM raw_quarantine quarantine
WHERE {{table}}.file_id = $file AND quarantine.quarantine_id = {{table}}.row_no;
