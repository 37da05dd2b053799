-- Purpose: marts as a release carries them, made up for timing only, from a `line` table (see generate_lines.sql):
-- same columns, same sort order.
CREATE TABLE mart_sales_day AS
SELECT
  'bench' AS store_id, market_id, sold_on, 'GBP' AS currency,
  count(DISTINCT order_no) AS order_count, count(*) AS line_count, sum(quantity)::BIGINT AS unit_count,
  sum(quantity * price_minor)::BIGINT AS gross_minor, (sum(quantity * price_minor) // 50)::BIGINT AS cancelled_minor,
  0::BIGINT AS refund_minor, (sum(quantity * price_minor) - sum(quantity * price_minor) // 50)::BIGINT AS net_minor,
  (count(DISTINCT order_no) * 395)::BIGINT AS shipping_minor, 0::BIGINT AS discount_minor
FROM line
GROUP BY market_id, sold_on
ORDER BY sold_on, market_id;

CREATE TABLE mart_order AS
SELECT
  'bench' AS store_id, order_no::VARCHAR AS order_id, market_id, customer_no::VARCHAR AS customer_id, customer_no,
  sold_on AS ordered_on, 'GBP' AS currency,
  row_number() OVER (PARTITION BY customer_no ORDER BY sold_on, order_no) = 1 AS is_first_order
FROM (SELECT DISTINCT order_no, market_id, customer_no, sold_on FROM line)
ORDER BY sold_on, order_no;

CREATE TABLE mart_product_day AS
SELECT
  'bench' AS store_id, product_id, market_id, sold_on, 'GBP' AS currency,
  sum(quantity)::BIGINT AS unit_count, sum(quantity * price_minor)::BIGINT AS net_minor,
  count(DISTINCT order_no) AS order_count
FROM line
GROUP BY product_id, market_id, sold_on
ORDER BY sold_on, product_id, market_id;

CREATE TABLE mart_product AS
SELECT DISTINCT 'bench' AS store_id, product_id, 'Product ' || product_id AS title, NULL::VARCHAR AS category FROM line;

CREATE TABLE mart_fx_day AS
SELECT day::DATE AS day, currency, units_per_eur
FROM range('2022-01-01'::DATE, '2024-01-01'::DATE, INTERVAL 1 DAY) AS days(day)
CROSS JOIN (VALUES ('GBP', 0.86), ('EUR', 1.0), ('USD', 1.08)) AS rates(currency, units_per_eur);

DROP TABLE line;
