-- Purpose: stores that facts name but no source describes: the id as name, the most frequent currency, UTC.
-- Grain: one row a store.
INSERT INTO dim_store (store_id, name, currency, time_zone, is_derived)
WITH used AS (
  SELECT store_id, currency, count(*) AS row_count FROM fct_order_line GROUP BY store_id, currency
  UNION ALL
  SELECT store_id, currency, count(*) FROM fct_shipment GROUP BY store_id, currency
  UNION ALL
  SELECT store_id, currency, count(*) FROM fct_payment GROUP BY store_id, currency
  UNION ALL
  SELECT store_id, currency, count(*) FROM fct_marketing_spend GROUP BY store_id, currency
  UNION ALL
  SELECT DISTINCT store_id, 'EUR', 0 FROM fct_session
  UNION ALL
  SELECT DISTINCT store_id, 'EUR', 0 FROM fct_traffic_event
)
SELECT used.store_id, used.store_id, used.currency, 'UTC', true
FROM used
ANTI JOIN dim_store AS known ON known.store_id = used.store_id
QUALIFY row_number() OVER (PARTITION BY used.store_id ORDER BY used.row_count DESC, used.currency) = 1
ORDER BY used.store_id;
