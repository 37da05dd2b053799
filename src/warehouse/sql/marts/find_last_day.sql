-- Purpose: the last day on which anything but an exchange rate was recorded. Grain: one row, NULL without data.
SELECT max(day) AS last_on
FROM (
  SELECT max(ordered_on) AS day FROM fct_order_line
  UNION ALL
  SELECT max(reversed_on) FROM fct_sales_reversal
  UNION ALL
  SELECT max(attempted_at)::DATE FROM fct_payment
  UNION ALL
  SELECT max(started_at)::DATE FROM fct_session
  UNION ALL
  SELECT max(event_on) FROM fct_traffic_event
  UNION ALL
  SELECT max(spent_on) FROM fct_marketing_spend
  UNION ALL
  SELECT greatest(max(shipped_on), max(delivered_on)) FROM fct_shipment
  UNION ALL
  SELECT max(snapshot_on) FROM fct_inventory_snapshot
  UNION ALL
  SELECT max(opened_at)::DATE FROM fct_support_contact
  UNION ALL
  SELECT max(reviewed_at)::DATE FROM fct_review
);
