-- Purpose: the items a recommender can speak of, in the order that numbers them from 0.
-- Parameters: $as_of. Grain: one row a store and product that was sold by then.
SELECT sold.store_id, sold.product_id, coalesce(product.title, sold.product_id) AS title
FROM (SELECT DISTINCT store_id, product_id FROM mart_basket_line WHERE ordered_on <= $as_of::DATE) AS sold
LEFT JOIN mart_product AS product ON product.store_id = sold.store_id AND product.product_id = sold.product_id
ORDER BY sold.store_id, sold.product_id;
