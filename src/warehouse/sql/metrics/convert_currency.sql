-- Purpose: factor from minor units of a currency to minor units of $currency on a day; put into a WITH clause as `fx`.
-- Parameters: $currency the target; $digits JSON object currency → digits of its minor unit, with the target's.
-- Grain: one row a day and source currency. The target itself is not in it: its factor is 1 on every day.
SELECT
  source.day AS fx_day,
  source.currency AS fx_currency,
  target.units_per_eur / source.units_per_eur
    * power(10, CAST($digits::JSON ->> target.currency AS INTEGER) - CAST($digits::JSON ->> source.currency AS INTEGER))
    AS fx_rate
FROM mart_fx_day AS source
JOIN mart_fx_day AS target ON target.day = source.day AND target.currency = $currency
WHERE source.currency <> $currency AND $digits::JSON ->> source.currency IS NOT NULL
