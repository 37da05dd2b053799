-- Purpose: what known customers did with products; the collaborative recommender reads it. A visitor of traffic events is
-- known where a customer of the store bears the same id. Repeats within a day are one row.
-- Parameters: $as_of. Grain: one row a store, customer, product, kind and day; kinds purchase, cart, view, return.
CREATE OR REPLACE TABLE mart_interaction AS
WITH bought AS (
  SELECT
    line.store_id,
    placed.customer_id,
    line.product_id,
    CASE WHEN line.movement = 'sale' THEN 'purchase' ELSE 'return' END AS kind,
    line.ordered_on AS acted_on
  FROM fct_order_line AS line
  JOIN fct_order AS placed ON placed.store_id = line.store_id AND placed.order_id = line.order_id
  WHERE line.line_kind = 'product' AND line.movement IN ('sale', 'cancellation') AND placed.customer_id IS NOT NULL
),
returned AS (
  SELECT reversal.store_id, placed.customer_id, reversal.product_id, 'return' AS kind, reversal.reversed_on AS acted_on
  FROM fct_sales_reversal AS reversal
  JOIN fct_order AS placed ON placed.store_id = reversal.store_id AND placed.order_id = reversal.order_id
  WHERE reversal.product_id IS NOT NULL AND placed.customer_id IS NOT NULL
),
known AS (
  SELECT DISTINCT store_id, customer_id FROM bought
),
looked AS (
  SELECT
    event.store_id,
    known.customer_id,
    event.product_id,
    CASE event.kind WHEN 'view_item' THEN 'view' ELSE 'cart' END AS kind,
    event.event_on AS acted_on
  FROM fct_traffic_event AS event
  JOIN known ON known.store_id = event.store_id AND known.customer_id = event.visitor_id
  WHERE event.product_id IS NOT NULL AND event.kind IN ('view_item', 'add_to_cart')
),
together AS (
  SELECT store_id, customer_id, product_id, kind, acted_on FROM bought
  UNION
  SELECT store_id, customer_id, product_id, kind, acted_on FROM returned
  UNION
  SELECT store_id, customer_id, product_id, kind, acted_on FROM looked
)
SELECT store_id, customer_id, product_id, kind, acted_on
FROM together
WHERE acted_on <= $as_of::DATE
ORDER BY store_id, acted_on, customer_id, product_id, kind;
