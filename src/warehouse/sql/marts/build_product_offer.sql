-- Purpose: what may be sold of a product where, with the stock of its newest snapshots: on hand less reserved, over hubs.
-- market_id '' speaks for all markets. NULL says nothing. Parameters: $as_of (stock only; offers are as last received).
-- Grain: one row a store, product and market that an offer or a snapshot names.
CREATE OR REPLACE TABLE mart_product_offer AS
WITH newest AS (
  SELECT store_id, product_id, coalesce(market_id, '') AS market_id, on_hand - coalesce(reserved, 0) AS units
  FROM fct_inventory_snapshot
  WHERE snapshot_on <= $as_of::DATE
  QUALIFY row_number() OVER (
    PARTITION BY store_id, product_id, hub_id, market_id
    ORDER BY snapshot_on DESC, file_id DESC, row_no DESC
  ) = 1
),
stock AS (
  SELECT store_id, product_id, market_id, sum(units)::BIGINT AS stock_units
  FROM newest
  GROUP BY store_id, product_id, market_id
),
offer AS (
  SELECT
    store_id, product_id, coalesce(market_id, '') AS market_id,
    sellable, shippable, hidden, available_from, available_until, price_minor, currency
  FROM fct_product_market
)
SELECT
  store_id,
  product_id,
  market_id,
  offer.sellable,
  offer.shippable,
  offer.hidden,
  offer.available_from,
  offer.available_until,
  offer.price_minor,
  offer.currency,
  stock.stock_units
FROM offer
FULL JOIN stock USING (store_id, product_id, market_id)
ORDER BY store_id, product_id, market_id;
