-- Purpose: orders with goods, for counts of orders and customers. customer_no numbers (store, customer) densely, so that
-- counting distinct customers compares integers; it means nothing outside this release.
-- Parameters: $as_of. Grain: one row an order with at least one product line sold.
CREATE OR REPLACE TABLE mart_order AS
WITH placed AS (
  SELECT
    store_id, order_id, market_id, customer_id, ordered_at, ordered_on, currency, status, goods_minor, unit_count
  FROM fct_order
  WHERE line_count > 0 AND ordered_on <= $as_of::DATE
),
customer AS (
  SELECT
    store_id,
    customer_id,
    row_number() OVER (ORDER BY store_id, customer_id)::INTEGER AS customer_no,
    first_order_id
  FROM (
    SELECT store_id, customer_id, arg_min(order_id, (ordered_at, order_id)) AS first_order_id
    FROM placed
    WHERE customer_id IS NOT NULL
    GROUP BY store_id, customer_id
  )
)
SELECT
  placed.store_id,
  placed.order_id,
  placed.market_id,
  placed.customer_id,
  customer.customer_no,
  placed.ordered_on,
  placed.currency,
  placed.status,
  placed.goods_minor,
  placed.unit_count,
  placed.order_id = customer.first_order_id AS is_first_order
FROM placed
LEFT JOIN customer ON customer.store_id = placed.store_id AND customer.customer_id = placed.customer_id
ORDER BY placed.store_id, placed.ordered_on, placed.order_id;
