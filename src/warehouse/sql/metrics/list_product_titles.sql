-- Purpose: readable names of products. Parameters: $products JSON list of product ids.
-- Grain: one row a store and product.
SELECT store_id, product_id, title
FROM mart_product
WHERE list_contains(from_json($products::JSON, '["VARCHAR"]'), product_id);
