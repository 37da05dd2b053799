-- Purpose: empty the products before they are rebuilt.
TRUNCATE dim_product;
