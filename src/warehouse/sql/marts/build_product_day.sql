-- Purpose: what was sold of each product, day by day and market by market; demand series and product pages read it.
-- net = sold − cancelled − refunds that name the product; returned_units likewise, on the day of the return.
-- Parameters: $as_of. Grain: one row a store, product, market, day and currency.
CREATE OR REPLACE TABLE mart_product_day AS
WITH sold AS (
  SELECT
    store_id,
    product_id,
    market_id,
    ordered_on AS sold_on,
    currency,
    sum(quantity) FILTER (WHERE movement = 'sale') AS unit_count,
    sum(amount_minor) FILTER (WHERE movement = 'sale') AS gross_minor,
    sum(amount_minor) AS net_minor,
    count(DISTINCT order_id) FILTER (WHERE movement = 'sale') AS order_count,
    -sum(quantity) FILTER (WHERE movement = 'cancellation') AS returned_units
  FROM fct_order_line
  WHERE line_kind = 'product' AND movement IN ('sale', 'cancellation') AND ordered_on <= $as_of::DATE
  GROUP BY store_id, product_id, market_id, ordered_on, currency
),
returned AS (
  SELECT
    reversal.store_id,
    reversal.product_id,
    coalesce(placed.market_id, store.home_market_id, 'ZZ') AS market_id,
    reversal.reversed_on AS sold_on,
    reversal.currency,
    -sum(reversal.amount_minor) AS net_minor,
    sum(reversal.quantity) AS returned_units
  FROM fct_sales_reversal AS reversal
  LEFT JOIN fct_order AS placed ON placed.store_id = reversal.store_id AND placed.order_id = reversal.order_id
  LEFT JOIN dim_store AS store ON store.store_id = reversal.store_id
  WHERE reversal.product_id IS NOT NULL AND reversal.reversed_on <= $as_of::DATE
  GROUP BY ALL
),
together AS (
  SELECT
    store_id, product_id, market_id, sold_on, currency,
    unit_count, gross_minor, net_minor, order_count, returned_units
  FROM sold
  UNION ALL
  SELECT
    store_id, product_id, market_id, sold_on, currency,
    0, 0, net_minor, 0, returned_units
  FROM returned
)
SELECT
  store_id,
  product_id,
  market_id,
  sold_on,
  currency,
  coalesce(sum(unit_count), 0)::BIGINT AS unit_count,
  coalesce(sum(gross_minor), 0)::BIGINT AS gross_minor,
  coalesce(sum(net_minor), 0)::BIGINT AS net_minor,
  coalesce(sum(order_count), 0)::BIGINT AS order_count,
  coalesce(sum(returned_units), 0)::BIGINT AS returned_units
FROM together
GROUP BY store_id, product_id, market_id, sold_on, currency
ORDER BY store_id, sold_on, product_id, market_id, currency;
