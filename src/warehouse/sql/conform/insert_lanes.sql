-- Purpose: lanes that shipments travelled. Grain: one row an origin market, destination market and mode.
INSERT INTO dim_lane (lane_id, origin_market_id, destination_market_id, mode)
SELECT DISTINCT
  coalesce(origin_market_id, 'ZZ') || '-' || market_id || ':' || mode AS lane_id,
  origin_market_id,
  market_id,
  mode
FROM fct_shipment
ORDER BY lane_id;
