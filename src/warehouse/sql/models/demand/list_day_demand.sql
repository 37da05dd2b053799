-- Purpose: units demanded per day of a market and of the store.
-- Parameters: none; reads demand_day, which create_demand_day makes. Grain: one row a series and day with demand; ''
-- stands for all markets.
SELECT
  store_id,
  '' AS product_id,
  '' AS category,
  if(grouping(market_id) = 1, '', market_id) AS market_id,
  days_ago::INTEGER AS steps_ago,
  sum(units)::DOUBLE AS units
FROM demand_day
WHERE is_believed
GROUP BY GROUPING SETS ((store_id, market_id, days_ago), (store_id, days_ago))
HAVING sum(units) > 0
ORDER BY ALL;
