-- Purpose: the ECB rate that holds on each calendar day, so that an amount converts by one join on (day, currency).
-- A day without a fixing (weekend, holiday) takes the last one of at most 10 days before; older: no row. TRY and TRL, RON
-- and ROL are each known on both sides of their redenomination. A currency that joined the euro keeps its fixed rate.
-- Parameters: $as_of (last day known). Grain: one row a day and currency, from the first day of any dated amount.
CREATE OR REPLACE TABLE mart_fx_day AS
WITH span AS (
  SELECT min(first_on) AS first_on
  FROM (
    SELECT min(ordered_on) AS first_on FROM fct_order_line
    UNION ALL
    SELECT min(reversed_on) FROM fct_sales_reversal
    UNION ALL
    SELECT min(attempted_at)::DATE FROM fct_payment
    UNION ALL
    SELECT min(spent_on) FROM fct_marketing_spend
    UNION ALL
    SELECT min(event_on) FROM fct_traffic_event WHERE amount_minor IS NOT NULL
    UNION ALL
    SELECT least(min(purchased_on), min(shipped_on), min(promised_on), min(delivered_on)) FROM fct_shipment
  )
),
spine AS (
  SELECT unnest(range(first_on, $as_of::DATE + 1, INTERVAL 1 DAY))::DATE AS day
  FROM span
),
published AS (
  SELECT rate_on AS day, currency, arg_min(units_per_eur, content_hash) AS units_per_eur
  FROM fct_fx_rate
  WHERE rate_on <= $as_of::DATE AND units_per_eur > 0
  GROUP BY rate_on, currency
),
renamed AS (
  -- The old currency up to the day before its successor, the successor from then on: one series, told in both units.
  SELECT published.day, old.successor AS currency, published.units_per_eur / old.successor_factor AS units_per_eur
  FROM published
  JOIN dim_currency AS old ON old.currency = published.currency AND published.day < old.successor_from
  UNION ALL
  SELECT published.day, old.currency, published.units_per_eur * old.successor_factor
  FROM published
  JOIN dim_currency AS old ON old.successor = published.currency AND published.day >= old.successor_from
),
fixing AS (
  SELECT published.day, published.currency, published.units_per_eur
  FROM published
  LEFT JOIN dim_currency AS known ON known.currency = published.currency
  LEFT JOIN dim_currency AS old ON old.successor = published.currency
  WHERE (known.successor_from IS NULL OR published.day < known.successor_from)
    AND (old.successor_from IS NULL OR published.day >= old.successor_from)
  UNION ALL
  SELECT day, currency, units_per_eur FROM renamed
),
wanted AS (
  SELECT spine.day, listed.currency
  FROM spine
  CROSS JOIN (SELECT DISTINCT currency FROM fixing) AS listed
),
carried AS (
  SELECT wanted.day, wanted.currency, fixing.units_per_eur
  FROM wanted
  ASOF JOIN fixing ON fixing.currency = wanted.currency AND fixing.day <= wanted.day
  WHERE wanted.day - fixing.day <= 10
),
held AS (
  SELECT carried.day, carried.currency, carried.units_per_eur
  FROM carried
  LEFT JOIN dim_currency AS joined ON joined.currency = carried.currency
  WHERE joined.euro_from IS NULL OR carried.day < joined.euro_from
  UNION ALL
  SELECT spine.day, joined.currency, joined.euro_rate
  FROM spine
  JOIN dim_currency AS joined ON joined.euro_from <= spine.day
  UNION ALL
  SELECT day, 'EUR', 1.0 FROM spine
)
SELECT held.day, held.currency, held.units_per_eur, coalesce(known.minor_digits, 2) AS minor_digits
FROM held
LEFT JOIN dim_currency AS known ON known.currency = held.currency
ORDER BY held.day, held.currency;
