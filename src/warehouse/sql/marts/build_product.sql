-- Purpose: products with their lifetime sales and current price. The price is the median over the last 90 days on which
-- the product sold of that day's average price; in the product's newest currency.
-- Reads mart_product_day. Grain: one row a store and product.
CREATE OR REPLACE TABLE mart_product AS
WITH lifetime AS (
  SELECT
    store_id,
    product_id,
    currency,
    sum(net_minor)::BIGINT AS net_minor,
    sum(unit_count)::BIGINT AS unit_count,
    max(sold_on) FILTER (WHERE unit_count > 0) AS last_sold_on
  FROM mart_product_day
  GROUP BY store_id, product_id, currency
  QUALIFY row_number() OVER (
    PARTITION BY store_id, product_id
    ORDER BY last_sold_on DESC NULLS LAST, currency
  ) = 1
),
priced_day AS (
  SELECT store_id, product_id, currency, sold_on, sum(gross_minor) / sum(unit_count) AS price_minor
  FROM mart_product_day
  WHERE unit_count > 0 AND gross_minor > 0
  GROUP BY store_id, product_id, currency, sold_on
  QUALIFY row_number() OVER (PARTITION BY store_id, product_id, currency ORDER BY sold_on DESC) <= 90
),
priced AS (
  SELECT store_id, product_id, currency, round(median(price_minor))::BIGINT AS price_minor
  FROM priced_day
  GROUP BY store_id, product_id, currency
)
SELECT
  lifetime.store_id,
  lifetime.product_id,
  product.title,
  product.category,
  product.unit_cost_minor,
  product.currency AS cost_currency,
  lifetime.net_minor,
  lifetime.unit_count,
  lifetime.last_sold_on,
  priced.price_minor,
  lifetime.currency
FROM lifetime
LEFT JOIN dim_product AS product
  ON product.store_id = lifetime.store_id AND product.product_id = lifetime.product_id
LEFT JOIN priced
  ON priced.store_id = lifetime.store_id
  AND priced.product_id = lifetime.product_id
  AND priced.currency = lifetime.currency
ORDER BY lifetime.store_id, lifetime.product_id;
