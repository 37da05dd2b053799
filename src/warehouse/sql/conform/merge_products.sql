-- Purpose: products as the order lines know them: title, first and last day sold.
-- The title is the most frequent description that is not empty, the smallest text among equals. A title from a
-- catalogue listing stays. Grain: one row a store and product.
MERGE INTO dim_product AS product
USING (
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
  SELECT sold.store_id, sold.product_id, titled.title, sold.first_sold_on, sold.last_sold_on
  FROM sold
  LEFT JOIN titled ON titled.store_id = sold.store_id AND titled.product_id = sold.product_id
) AS derived
ON product.store_id = derived.store_id AND product.product_id = derived.product_id
WHEN MATCHED THEN UPDATE SET
  title = CASE WHEN product.title IS NULL OR product.title_basis = 'orders' THEN derived.title ELSE product.title END,
  title_basis = CASE WHEN product.title IS NULL OR product.title_basis = 'orders' THEN 'orders' ELSE 'listing' END,
  first_sold_on = derived.first_sold_on,
  last_sold_on = derived.last_sold_on
WHEN NOT MATCHED THEN INSERT (store_id, product_id, title, title_basis, first_sold_on, last_sold_on)
  VALUES (
    derived.store_id, derived.product_id, derived.title, 'orders', derived.first_sold_on, derived.last_sold_on
  );
