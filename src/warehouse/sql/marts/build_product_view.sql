-- Purpose: products that visitors looked at, put in the cart or bought in the last 90 days; session answers read it.
-- Parameters: $as_of. Grain: one row an event of a product, by time.
CREATE OR REPLACE TABLE mart_product_view AS
SELECT
  store_id,
  visitor_id,
  coalesce(session_id, visitor_id || ' ' || event_on) AS session_id,
  product_id,
  kind,
  event_at
FROM fct_traffic_event
WHERE
  product_id IS NOT NULL
  AND kind IN ('view_item', 'add_to_cart', 'purchase')
  AND event_on <= $as_of::DATE
  AND event_on > $as_of::DATE - 90
ORDER BY event_at, store_id, session_id, product_id;
