-- Purpose: impressions and clicks of products in lists of experiments. Grain: one row a store and product.
SELECT store_id, product_id, impression_count::DOUBLE AS impressions, click_count::DOUBLE AS clicks
FROM mart_product_click
ORDER BY store_id, product_id;
