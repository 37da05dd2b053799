-- Purpose: amounts that cannot be converted: a currency on days without a rate. Totals say what they leave out.
-- Reads mart_sales_day, mart_shipment and mart_fx_day. Grain: one row a store and currency.
CREATE OR REPLACE TABLE mart_fx_gap AS
WITH used AS (
  SELECT store_id, currency, sold_on AS day FROM mart_sales_day
  UNION
  SELECT store_id, currency, coalesce(promised_on, delivered_on) FROM mart_shipment
)
SELECT used.store_id, used.currency, min(used.day) AS first_on, max(used.day) AS last_on, count(*) AS day_count
FROM used
ANTI JOIN mart_fx_day AS rate ON rate.day = used.day AND rate.currency = used.currency
WHERE used.day IS NOT NULL
GROUP BY used.store_id, used.currency
ORDER BY used.store_id, used.currency;
