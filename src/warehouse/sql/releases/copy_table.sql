-- Purpose: copy a mart or dimension into the attached release file, in the order it was built.
-- Identifiers: {{table}}. Grain: that of the table.
CREATE TABLE release.{{table}} AS
SELECT *
FROM {{table}}
ORDER BY rowid;
