-- Purpose: what a release knows of its products besides their titles. Grain: one row a store and product; -1 = unknown.
SELECT
  store_id,
  product_id,
  coalesce(category, '') AS category,
  coalesce(price_minor, -1)::DOUBLE AS price_minor,
  coalesce(currency, '') AS currency,
  coalesce(CASE WHEN cost_currency IS NULL OR cost_currency = currency THEN unit_cost_minor END, -1)::DOUBLE AS cost_minor
FROM mart_product;
