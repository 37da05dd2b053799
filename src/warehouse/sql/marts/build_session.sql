-- Purpose: web sessions with their outcome. Some sources give the month of the year only; started_on is then NULL.
-- Parameters: $as_of. Grain: one row a session.
CREATE OR REPLACE TABLE mart_session AS
SELECT
  store_id,
  session_id,
  started_at::DATE AS started_on,
  coalesce(month_of_year, month(started_at)) AS month_of_year,
  coalesce(market_id, 'ZZ') AS market_id,
  visitor_kind,
  channel,
  device,
  page_views,
  product_views,
  is_converted
FROM fct_session
WHERE started_at IS NULL OR started_at::DATE <= $as_of::DATE
ORDER BY store_id, started_on, session_id;
