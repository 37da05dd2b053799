-- Purpose: which item stood in which basket, as numbers that follow the orders of list_items, list_customers and
-- list_segments; customer −1 is unknown. By day, so that "before a cut-off" is a prefix.
-- Parameters: $as_of. Grain: one row a basket and item.
WITH line AS (
  SELECT store_id, order_id, product_id, customer_id, market_id, ordered_on
  FROM mart_basket_line
  WHERE ordered_on <= $as_of::DATE
),
item AS (
  SELECT store_id, product_id, row_number() OVER (ORDER BY store_id, product_id) - 1 AS number
  FROM (SELECT DISTINCT store_id, product_id FROM line)
),
customer AS (
  SELECT store_id, customer_id, row_number() OVER (ORDER BY store_id, customer_id) - 1 AS number
  FROM (SELECT DISTINCT store_id, customer_id FROM line WHERE customer_id IS NOT NULL)
),
segment AS (
  SELECT store_id, market_id, row_number() OVER (ORDER BY store_id, market_id) - 1 AS number
  FROM (SELECT DISTINCT store_id, market_id FROM line)
),
basket AS (
  SELECT store_id, order_id, row_number() OVER (ORDER BY store_id, order_id) - 1 AS number
  FROM (SELECT DISTINCT store_id, order_id FROM line)
)
SELECT
  basket.number::INTEGER AS basket,
  item.number::INTEGER AS item,
  coalesce(customer.number, -1)::INTEGER AS customer,
  segment.number::INTEGER AS segment,
  (line.ordered_on - DATE '1970-01-01')::INTEGER AS day
FROM line
JOIN item ON item.store_id = line.store_id AND item.product_id = line.product_id
JOIN segment ON segment.store_id = line.store_id AND segment.market_id = line.market_id
JOIN basket ON basket.store_id = line.store_id AND basket.order_id = line.order_id
LEFT JOIN customer ON customer.store_id = line.store_id AND customer.customer_id = line.customer_id
ORDER BY day, basket, item;
