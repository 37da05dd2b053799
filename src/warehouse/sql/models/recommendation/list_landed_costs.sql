-- Purpose: landed cost and delivery promise of products by market. -1 = unknown; currency '' is that of the price.
-- Grain: one row a store, product and market ('' for all markets).
SELECT
  store_id,
  product_id,
  market_id,
  coalesce(landed_cost_minor, -1)::DOUBLE AS landed_cost_minor,
  coalesce(currency, '') AS currency,
  coalesce(delivery_days, -1)::INTEGER AS delivery_days
FROM mart_landed_cost
ORDER BY store_id, product_id, market_id;
