-- Purpose: products from catalogue listings and order lines, with the first and last day sold.
-- A product that is not listed, or without a title, is called by its most frequent description that is not empty, the
-- smallest text among equals. Grain: one row a store and product that is listed or stands on an order line.
INSERT INTO dim_product (
  store_id, product_id, title, category, hs_code, weight_g, unit_cost_minor, currency, first_sold_on, last_sold_on
)
WITH sold AS (
  SELECT
    store_id,
    product_id,
    min(ordered_on) FILTER (WHERE movement = 'sale') AS first_sold_on,
    max(ordered_on) FILTER (WHERE movement = 'sale') AS last_sold_on
  FROM fct_order_line
  WHERE line_kind = 'product'
  GROUP BY store_id, product_id
),
described AS (
  SELECT store_id, product_id, trim(description) AS title, count(*) AS line_count
  FROM fct_order_line
  WHERE line_kind = 'product' AND movement <> 'write_off' AND trim(description) <> ''
  GROUP BY store_id, product_id, trim(description)
),
titled AS (
  SELECT store_id, product_id, title
  FROM described
  QUALIFY row_number() OVER (PARTITION BY store_id, product_id ORDER BY line_count DESC, title) = 1
)
SELECT
  coalesce(listing.store_id, sold.store_id) AS store_id,
  coalesce(listing.product_id, sold.product_id) AS product_id,
  coalesce(listing.title, titled.title),
  listing.category,
  listing.hs_code,
  listing.weight_g,
  listing.unit_cost_minor,
  listing.currency,
  sold.first_sold_on,
  sold.last_sold_on
FROM sold
LEFT JOIN titled ON titled.store_id = sold.store_id AND titled.product_id = sold.product_id
FULL JOIN fct_product_listing AS listing
  ON listing.store_id = sold.store_id AND listing.product_id = sold.product_id
ORDER BY store_id, product_id;
