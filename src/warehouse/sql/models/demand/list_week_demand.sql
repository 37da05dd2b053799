-- Purpose: units demanded per week of a product in a market, of a product in all markets, of a category in a market and in
-- all markets, of a market and of the store.
-- Weeks are blocks of seven days counted back from the last day, so that the newest one is whole; block 0 ends on it.
-- Parameters: none; reads demand_day, which create_demand_day makes. Grain: one row a series and week with demand; '' stands for all
-- products, categories or markets, and for the category of a product that has none.
WITH day_demand AS (
  SELECT
    day.store_id,
    day.product_id,
    coalesce(product.category, '') AS category,
    day.market_id,
    day.days_ago // 7 AS weeks_ago,
    day.units
  FROM demand_day AS day
  LEFT JOIN mart_product AS product
    ON product.store_id = day.store_id AND product.product_id = day.product_id
  WHERE day.is_believed
)
SELECT
  store_id,
  if(grouping(product_id) = 1, '', product_id) AS product_id,
  if(grouping(category) = 1, '', category) AS category,
  if(grouping(market_id) = 1, '', market_id) AS market_id,
  weeks_ago::INTEGER AS steps_ago,
  sum(units)::DOUBLE AS units
FROM day_demand
GROUP BY GROUPING SETS (
  (store_id, product_id, category, market_id, weeks_ago),
  (store_id, product_id, category, weeks_ago),
  (store_id, category, market_id, weeks_ago),
  (store_id, category, weeks_ago),
  (store_id, market_id, weeks_ago),
  (store_id, weeks_ago)
)
HAVING sum(units) > 0 AND NOT (grouping(product_id) = 1 AND grouping(category) = 0 AND category = '')
ORDER BY ALL;
