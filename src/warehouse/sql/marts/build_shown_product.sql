-- Purpose: every product of every list that was shown, and whether it was clicked: looked at by the same visitor within a day of the
-- list. propensity is the probability with which it was in the list, where the list explored. Parameters: $as_of.
-- Grain: one row a list and place.
CREATE OR REPLACE TABLE mart_shown_product AS
WITH shown AS (
  SELECT
    store_id,
    exposure_id,
    experiment_id,
    customer_id,
    shown_at,
    unnest(from_json(items, '["VARCHAR"]')) AS product_id,
    unnest(from_json(item_propensities, '["DOUBLE"]')) AS propensity
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
SELECT shown.*, clicked.product_id IS NOT NULL AS is_clicked
FROM shown
LEFT JOIN clicked USING (store_id, exposure_id, product_id)
ORDER BY shown.store_id, shown.exposure_id, shown.product_id;
