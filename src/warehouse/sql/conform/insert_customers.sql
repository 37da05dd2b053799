-- Purpose: customers from orders: first, last and number of orders with goods; market of the newest order.
-- Grain: one row a store and customer; one who only ever cancelled has no first order and a count of 0.
INSERT INTO dim_customer (store_id, customer_id, market_id, first_order_on, last_order_on, order_count)
WITH newest AS (
  SELECT store_id, customer_id, market_id
  FROM fct_order
  WHERE customer_id IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY store_id, customer_id
    ORDER BY line_count > 0 DESC, ordered_at DESC, order_id DESC
  ) = 1
),
counted AS (
  SELECT
    store_id,
    customer_id,
    min(ordered_on) FILTER (WHERE line_count > 0) AS first_order_on,
    max(ordered_on) FILTER (WHERE line_count > 0) AS last_order_on,
    count(*) FILTER (WHERE line_count > 0) AS order_count
  FROM fct_order
  WHERE customer_id IS NOT NULL
  GROUP BY store_id, customer_id
)
SELECT
  counted.store_id,
  counted.customer_id,
  newest.market_id,
  counted.first_order_on,
  counted.last_order_on,
  counted.order_count
FROM counted
JOIN newest ON newest.store_id = counted.store_id AND newest.customer_id = counted.customer_id
ORDER BY counted.store_id, counted.customer_id;
