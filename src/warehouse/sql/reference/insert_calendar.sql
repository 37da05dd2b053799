-- Purpose: the calendar, once. Grain: one row a day from 1999 (first euro rate) to the end of 2049.
INSERT INTO dim_calendar (day, iso_week, month, quarter, year, weekday, is_weekend)
SELECT
  day,
  strftime(day, '%G-W%V'),
  strftime(day, '%Y-%m'),
  year(day) || '-Q' || quarter(day),
  year(day),
  isodow(day),
  isodow(day) >= 6
FROM (SELECT unnest(range(DATE '1999-01-01', DATE '2050-01-01', INTERVAL 1 DAY))::DATE AS day)
WHERE NOT EXISTS (SELECT 1 FROM dim_calendar);
