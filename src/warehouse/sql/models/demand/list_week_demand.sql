-- Purpose: units demanded per week of a product in a market, of a product in all markets, of a market and of the store.
-- Demand of a day is what was sold less what was taken back that same day, at least 0: an order entered by mistake and
-- cancelled on the same day is no demand, while a later return does not undo the demand of the day it was sold.
-- Weeks are blocks of seven days counted back from $as_of, so that the newest one is whole; block 0 ends on $as_of.
-- Parameters: $as_of. Grain: one row a series and week with demand; '' stands for all products or all markets.
WITH day_demand AS (
  SELECT
    store_id,
    product_id,
    market_id,
    ($as_of::DATE - sold_on) // 7 AS weeks_ago,
    greatest(sum(unit_count) - sum(returned_units), 0) AS units
  FROM mart_product_day
  WHERE sold_on <= $as_of::DATE
  GROUP BY store_id, product_id, market_id, sold_on
)
SELECT
  store_id,
  if(grouping(product_id) = 1, '', product_id) AS product_id,
  if(grouping(market_id) = 1, '', market_id) AS market_id,
  weeks_ago::INTEGER AS steps_ago,
  sum(units)::DOUBLE AS units
FROM day_demand
GROUP BY GROUPING SETS (
  (store_id, product_id, market_id, weeks_ago),
  (store_id, product_id, weeks_ago),
  (store_id, market_id, weeks_ago),
  (store_id, weeks_ago)
)
HAVING sum(units) > 0
ORDER BY ALL;
