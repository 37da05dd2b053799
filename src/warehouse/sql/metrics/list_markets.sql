-- Purpose: markets that any mart names, with the number that world maps carry. Grain: one row a market.
SELECT market_id, name, iso_numeric
FROM dim_market
WHERE market_id IN (
  SELECT market_id FROM mart_sales_day
  UNION
  SELECT market_id FROM mart_shipment
  UNION
  SELECT market_id FROM mart_session
)
ORDER BY name, market_id;
