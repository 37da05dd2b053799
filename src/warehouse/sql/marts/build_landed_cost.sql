-- Purpose: what a unit of a product costs landed in a market and how fast it is promised there, as last received.
-- market_id '' speaks for all markets. NULL says nothing. Grain: one row a store, product and market that tells either.
CREATE OR REPLACE TABLE mart_landed_cost AS
SELECT store_id, product_id, coalesce(market_id, '') AS market_id, landed_cost_minor, currency, delivery_days
FROM fct_product_market
WHERE landed_cost_minor IS NOT NULL OR delivery_days IS NOT NULL
ORDER BY store_id, product_id, market_id;
