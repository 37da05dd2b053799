-- Purpose: what customers did with items, as numbers that follow the orders of list_items and list_customers; kind is 0
-- purchase, 1 cart, 2 view, 3 return. By day, so that "before a cut-off" is a prefix.
-- Parameters: $as_of. Grain: one row a customer, item, kind and day.
WITH line AS (
  SELECT store_id, product_id, customer_id
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
)
SELECT
  customer.number::INTEGER AS customer,
  item.number::INTEGER AS item,
  CASE interaction.kind WHEN 'purchase' THEN 0 WHEN 'cart' THEN 1 WHEN 'view' THEN 2 ELSE 3 END::INTEGER AS kind,
  (interaction.acted_on - DATE '1970-01-01')::INTEGER AS day
FROM mart_interaction AS interaction
JOIN item ON item.store_id = interaction.store_id AND item.product_id = interaction.product_id
JOIN customer ON customer.store_id = interaction.store_id AND customer.customer_id = interaction.customer_id
WHERE interaction.acted_on <= $as_of::DATE
ORDER BY day, customer, item, kind;
