-- Purpose: units demanded per day of a market and of the store. Demand of a day is what list_week_demand says.
-- Parameters: $as_of. Grain: one row a series and day with demand; '' stands for all markets.
WITH day_demand AS (
  SELECT
    store_id,
    market_id,
    ($as_of::DATE - sold_on) AS days_ago,
    greatest(sum(unit_count) - sum(returned_units), 0) AS units
  FROM mart_product_day
  WHERE sold_on <= $as_of::DATE
  GROUP BY store_id, product_id, market_id, sold_on
)
SELECT
  store_id,
  '' AS product_id,
  '' AS category,
  if(grouping(market_id) = 1, '', market_id) AS market_id,
  days_ago::INTEGER AS steps_ago,
  sum(units)::DOUBLE AS units
FROM day_demand
GROUP BY GROUPING SETS ((store_id, market_id, days_ago), (store_id, days_ago))
HAVING sum(units) > 0
ORDER BY ALL;
