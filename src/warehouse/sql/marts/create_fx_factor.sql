-- Purpose: what to multiply an amount in minor units by, to have it in minor units of the target currency on that day.
-- Use: LEFT JOIN fx_factor_to($currency) AS fx ON fx.day = sales.sold_on AND fx.currency = sales.currency; where no rate
-- is known the join leaves NULL, and so does the product. Rounding is up to the reader, after summing.
-- Parameters: target (ISO 4217 code). Grain: one row a day and source currency.
CREATE OR REPLACE MACRO fx_factor_to(target) AS TABLE
SELECT
  source.day,
  source.currency,
  CASE
    WHEN source.currency = goal.currency THEN 1.0
    ELSE goal.units_per_eur / source.units_per_eur * pow(10, goal.minor_digits - source.minor_digits)
  END AS factor
FROM mart_fx_day AS source
JOIN mart_fx_day AS goal ON goal.day = source.day
WHERE goal.currency = target;
