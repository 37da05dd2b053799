-- Purpose: which products stood together in an order; the recommender reads it.
-- Parameters: $as_of. Grain: one row an order and product; product lines sold only, cancellations do not count against.
CREATE OR REPLACE TABLE mart_basket_line AS
SELECT
  line.store_id,
  line.order_id,
  line.product_id,
  placed.customer_id,
  placed.market_id,
  placed.ordered_on,
  sum(line.quantity)::BIGINT AS quantity
FROM fct_order_line AS line
JOIN fct_order AS placed ON placed.store_id = line.store_id AND placed.order_id = line.order_id
WHERE line.line_kind = 'product' AND line.movement = 'sale' AND placed.ordered_on <= $as_of::DATE
GROUP BY ALL
ORDER BY line.store_id, placed.ordered_on, line.order_id, line.product_id;
