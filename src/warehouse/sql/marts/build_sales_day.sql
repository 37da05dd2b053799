-- Purpose: what each store sold to each market, day by day.
-- gross = product lines sold (quantity × price), cancelled orders included; net = gross − cancelled − refunds −
-- discounts. Cancellations and refunds stand on their own day, not on the order's. Shipping, fees and other lines that
-- are no product never are in gross; fees keep their sign. Orders count once, on the day and market of the order.
-- Parameters: $as_of. Grain: one row a store, market, day and currency.
CREATE OR REPLACE TABLE mart_sales_day AS
WITH line AS (
  SELECT
    store_id,
    market_id,
    ordered_on AS sold_on,
    currency,
    count(*) FILTER (WHERE line_kind = 'product' AND movement = 'sale') AS line_count,
    sum(quantity) FILTER (WHERE line_kind = 'product' AND movement = 'sale') AS unit_count,
    sum(amount_minor) FILTER (WHERE line_kind = 'product' AND movement = 'sale') AS gross_minor,
    -sum(amount_minor) FILTER (WHERE line_kind = 'product' AND movement = 'cancellation') AS cancelled_minor,
    -sum(amount_minor) FILTER (WHERE line_kind = 'product' AND movement = 'write_off') AS writeoff_minor,
    sum(amount_minor) FILTER (WHERE line_kind = 'fee') AS fee_minor
  FROM fct_order_line
  WHERE ordered_on <= $as_of::DATE AND line_kind <> 'test'
  GROUP BY store_id, market_id, ordered_on, currency
),
placed AS (
  SELECT
    store_id,
    market_id,
    ordered_on AS sold_on,
    currency,
    count(*) FILTER (WHERE line_count > 0) AS order_count,
    sum(shipping_minor) AS shipping_minor,
    sum(discount_minor) AS discount_minor,
    sum(tax_minor) AS tax_minor
  FROM fct_order
  WHERE ordered_on <= $as_of::DATE
  GROUP BY store_id, market_id, ordered_on, currency
),
refund AS (
  SELECT
    reversal.store_id,
    coalesce(placed.market_id, store.home_market_id, 'ZZ') AS market_id,
    reversal.reversed_on AS sold_on,
    reversal.currency,
    sum(reversal.amount_minor) AS refund_minor
  FROM fct_sales_reversal AS reversal
  LEFT JOIN fct_order AS placed ON placed.store_id = reversal.store_id AND placed.order_id = reversal.order_id
  LEFT JOIN dim_store AS store ON store.store_id = reversal.store_id
  WHERE reversal.reversed_on <= $as_of::DATE
  GROUP BY ALL
),
-- One shape for the three, so that a day with only a refund still has its row.
together AS (
  SELECT
    store_id, market_id, sold_on, currency,
    0 AS order_count, line_count, unit_count, gross_minor, cancelled_minor, writeoff_minor,
    0 AS refund_minor, 0 AS shipping_minor, fee_minor, 0 AS discount_minor, 0 AS tax_minor
  FROM line
  UNION ALL
  SELECT
    store_id, market_id, sold_on, currency,
    order_count, 0, 0, 0, 0, 0,
    0, shipping_minor, 0, discount_minor, tax_minor
  FROM placed
  UNION ALL
  SELECT
    store_id, market_id, sold_on, currency,
    0, 0, 0, 0, 0, 0,
    refund_minor, 0, 0, 0, 0
  FROM refund
),
summed AS (
  SELECT
    store_id,
    market_id,
    sold_on,
    currency,
    coalesce(sum(order_count), 0)::BIGINT AS order_count,
    coalesce(sum(line_count), 0)::BIGINT AS line_count,
    coalesce(sum(unit_count), 0)::BIGINT AS unit_count,
    coalesce(sum(gross_minor), 0)::BIGINT AS gross_minor,
    coalesce(sum(cancelled_minor), 0)::BIGINT AS cancelled_minor,
    coalesce(sum(writeoff_minor), 0)::BIGINT AS writeoff_minor,
    coalesce(sum(refund_minor), 0)::BIGINT AS refund_minor,
    coalesce(sum(shipping_minor), 0)::BIGINT AS shipping_minor,
    coalesce(sum(fee_minor), 0)::BIGINT AS fee_minor,
    coalesce(sum(discount_minor), 0)::BIGINT AS discount_minor,
    coalesce(sum(tax_minor), 0)::BIGINT AS tax_minor
  FROM together
  GROUP BY store_id, market_id, sold_on, currency
)
SELECT
  store_id,
  market_id,
  sold_on,
  currency,
  order_count,
  line_count,
  unit_count,
  gross_minor,
  cancelled_minor,
  writeoff_minor,
  refund_minor,
  gross_minor - cancelled_minor - refund_minor - discount_minor AS net_minor,
  shipping_minor,
  fee_minor,
  discount_minor,
  tax_minor
FROM summed
ORDER BY store_id, sold_on, market_id, currency;
