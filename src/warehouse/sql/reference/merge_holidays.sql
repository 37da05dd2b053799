-- Purpose: public holidays from the reference file; other rows stay. Parameters: $file (CSV).
-- Grain: one row a market, day and name.
INSERT INTO dim_holiday (market_id, day, name)
SELECT DISTINCT market_id, day, name
FROM read_csv(
  $file,
  header = true,
  auto_detect = false,
  delim = ',',
  quote = '"',
  columns = { market_id: 'VARCHAR', day: 'DATE', name: 'VARCHAR' },
  nullstr = ''
)
EXCEPT
SELECT market_id, day, name FROM dim_holiday;
