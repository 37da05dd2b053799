-- Purpose: products of a store with price and, where a snapshot is known, what is in stock for a market.
-- Parameters: $store, $market ('' = all markets). Stock in places without a market counts for every market.
-- Grain: one row a product; the stock columns are NULL without a snapshot.
WITH stock AS (
  SELECT
    product_id,
    sum(on_hand)::DOUBLE AS on_hand,
    sum(reserved)::DOUBLE AS reserved,
    sum(inbound)::DOUBLE AS inbound,
    max(snapshot_on) AS snapshot_on
  FROM mart_stock
  WHERE store_id = $store AND ($market = '' OR market_id = $market OR market_id IS NULL)
  GROUP BY product_id
)
SELECT
  product.product_id,
  product.title,
  product.price_minor::DOUBLE AS price_minor,
  product.currency,
  stock.on_hand,
  stock.reserved,
  stock.inbound,
  strftime(stock.snapshot_on, '%Y-%m-%d') AS snapshot_on
FROM mart_product AS product
LEFT JOIN stock ON stock.product_id = product.product_id
WHERE product.store_id = $store
ORDER BY product.product_id;
