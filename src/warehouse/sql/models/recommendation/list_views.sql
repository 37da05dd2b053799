-- Purpose: the newest product events of a release, oldest first. Parameters: $most. Grain: one row an event.
SELECT store_id, visitor_id, session_id, product_id
FROM (SELECT * FROM mart_product_view ORDER BY event_at DESC, session_id, product_id LIMIT $most)
ORDER BY event_at, session_id, product_id;
