-- Purpose: units sold of a product in a market in the last 7, 30 and 90 days of a release, and in the 28 days before those 7.
-- Parameters: $as_of. Grain: one row a store, product and market that sold in the last 90 days.
SELECT
  store_id,
  product_id,
  market_id,
  sum(unit_count) FILTER (WHERE sold_on > $as_of::DATE - 7)::DOUBLE AS units_7,
  sum(unit_count) FILTER (WHERE sold_on > $as_of::DATE - 30)::DOUBLE AS units_30,
  sum(unit_count)::DOUBLE AS units_90,
  sum(unit_count) FILTER (WHERE sold_on <= $as_of::DATE - 7 AND sold_on > $as_of::DATE - 35)::DOUBLE AS units_before
FROM mart_product_day
WHERE sold_on > $as_of::DATE - 90 AND sold_on <= $as_of::DATE AND unit_count > 0
GROUP BY store_id, product_id, market_id
ORDER BY store_id, product_id, market_id;
