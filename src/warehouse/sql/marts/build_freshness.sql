-- Purpose: how much is known of each domain and how recent it is; pages say "no data yet" from it.
-- Parameters: $as_of. Grain: one row a fact table.
CREATE OR REPLACE TABLE mart_freshness AS
WITH dated AS (
  SELECT 'orders' AS domain, 'fct_order_line' AS table_name, ordered_on AS day FROM fct_order_line
  UNION ALL
  SELECT 'payments', 'fct_payment', coalesce(attempted_at::DATE, settled_on) FROM fct_payment
  UNION ALL
  SELECT 'refunds', 'fct_sales_reversal', reversed_on FROM fct_sales_reversal
  UNION ALL
  SELECT 'traffic', 'fct_session', started_at::DATE FROM fct_session
  UNION ALL
  SELECT 'traffic', 'fct_traffic_event', event_on FROM fct_traffic_event
  UNION ALL
  SELECT 'marketing', 'fct_marketing_spend', spent_on FROM fct_marketing_spend
  UNION ALL
  SELECT 'touchpoints', 'fct_touchpoint', touched_at::DATE FROM fct_touchpoint
  UNION ALL
  SELECT 'shipments', 'fct_shipment', coalesce(delivered_on, shipped_on, purchased_on, promised_on) FROM fct_shipment
  UNION ALL
  SELECT 'shipments', 'fct_shipment_event', event_at::DATE FROM fct_shipment_event
  UNION ALL
  SELECT 'inventory', 'fct_inventory_snapshot', snapshot_on FROM fct_inventory_snapshot
  UNION ALL
  SELECT 'service', 'fct_support_contact', opened_at::DATE FROM fct_support_contact
  UNION ALL
  SELECT 'reviews', 'fct_review', reviewed_at::DATE FROM fct_review
  UNION ALL
  SELECT 'fx', 'fct_fx_rate', rate_on FROM fct_fx_rate
),
listed (domain, table_name) AS (
  VALUES
    ('orders', 'fct_order_line'), ('payments', 'fct_payment'), ('refunds', 'fct_sales_reversal'),
    ('traffic', 'fct_session'), ('traffic', 'fct_traffic_event'), ('marketing', 'fct_marketing_spend'),
    ('touchpoints', 'fct_touchpoint'), ('shipments', 'fct_shipment'), ('shipments', 'fct_shipment_event'),
    ('inventory', 'fct_inventory_snapshot'), ('service', 'fct_support_contact'), ('reviews', 'fct_review'),
    ('fx', 'fct_fx_rate')
)
SELECT
  listed.domain,
  listed.table_name,
  count(dated.domain)::BIGINT AS rows,
  min(dated.day) AS first_on,
  max(dated.day) AS last_on
FROM listed
LEFT JOIN dated ON dated.table_name = listed.table_name AND (dated.day IS NULL OR dated.day <= $as_of::DATE)
GROUP BY listed.domain, listed.table_name
ORDER BY listed.domain, listed.table_name;
