-- Purpose: how often lists of experiments showed each product and how often it was looked at within a day, which Thompson sampling
-- learns from. Parameters: $as_of. Grain: one row a store and product that was shown.
CREATE OR REPLACE TABLE mart_product_click AS
WITH shown AS (
  SELECT store_id, exposure_id, customer_id, shown_at, unnest(from_json(items, '["VARCHAR"]')) AS product_id
  FROM fct_recommendation_exposure
  WHERE shown_on <= $as_of::DATE
),
clicked AS (
  SELECT DISTINCT shown.store_id, shown.exposure_id, shown.product_id
  FROM shown
  JOIN fct_traffic_event AS event
    ON event.store_id = shown.store_id
    AND event.visitor_id = shown.customer_id
    AND event.product_id = shown.product_id
    AND event.kind = 'view_item'
    AND event.event_at >= shown.shown_at
    AND event.event_at < shown.shown_at + INTERVAL 1 DAY
    AND event.event_on <= $as_of::DATE
)
SELECT store_id, shown.product_id, count(*) AS impression_count, count(clicked.product_id) AS click_count
FROM shown
LEFT JOIN clicked USING (store_id, exposure_id, product_id)
GROUP BY store_id, shown.product_id
ORDER BY store_id, shown.product_id;
