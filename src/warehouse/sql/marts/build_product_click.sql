-- Purpose: how often lists of experiments showed each product and how often it was clicked, which Thompson sampling learns from.
-- Reads mart_shown_product. Grain: one row a store and product that was shown.
CREATE OR REPLACE TABLE mart_product_click AS
SELECT store_id, product_id, count(*) AS impression_count, count(*) FILTER (WHERE is_clicked) AS click_count
FROM mart_shown_product
GROUP BY store_id, product_id
ORDER BY store_id, product_id;
