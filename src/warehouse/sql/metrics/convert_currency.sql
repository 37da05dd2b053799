-- Purpose: rate from minor units of a currency to minor units of $currency on a day; put into a WITH clause as `fx`.
-- Parameters: $currency the target; $digits JSON object currency → digits of its minor unit, with the target's.
-- Grain: one row a day and source currency named in $digits. The target is not among them: its rate is always 1.
SELECT
  source.day AS fx_day,
  source.currency AS fx_currency,
  target.units_per_eur / source.units_per_eur
    * power(
      10,
      json_extract_string($digits::JSON, target.currency)::INTEGER
      - json_extract_string($digits::JSON, source.currency)::INTEGER
    ) AS fx_rate
FROM mart_fx_day AS source
JOIN mart_fx_day AS target ON target.day = source.day AND target.currency = $currency
WHERE source.currency <> $currency AND json_exists($digits::JSON, source.currency)
