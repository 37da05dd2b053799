-- Purpose: products with days whose demand is not believed (create_demand_day), in a market and in all.
-- Parameters: none; reads demand_day. Grain: one row a product and market with such days; market '' stands for all.
SELECT
  day.store_id,
  day.product_id,
  coalesce(any_value(product.category), '') AS category,
  if(grouping(day.market_id) = 1, '', day.market_id) AS market_id,
  count(*)::INTEGER AS days,
  arg_min(day.sold_on, day.days_ago)::VARCHAR AS last_on,
  arg_min(day.units, day.days_ago)::DOUBLE AS units,
  (max(day.days_ago) // 7 + 1)::INTEGER AS weeks
FROM demand_day AS day
LEFT JOIN mart_product AS product
  ON product.store_id = day.store_id AND product.product_id = day.product_id
WHERE NOT day.is_believed
GROUP BY GROUPING SETS ((day.store_id, day.product_id, day.market_id), (day.store_id, day.product_id))
ORDER BY ALL;
