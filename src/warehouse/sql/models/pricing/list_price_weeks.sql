-- Purpose: units and the price asked for each product, store and week in which it sold.
-- The price is the median over the week's days and markets of the day's average price, so that one bulk order at a discount
-- moves it little. Weeks are blocks of seven days counted back from $as_of.
-- Parameters: $as_of. Grain: one row a store, product and week with a sale, in the product's main currency; newest week last.
WITH day_price AS (
  SELECT
    store_id,
    product_id,
    currency,
    ($as_of::DATE - sold_on) // 7 AS weeks_ago,
    unit_count,
    gross_minor / unit_count AS price_minor
  FROM mart_product_day
  WHERE sold_on <= $as_of::DATE AND unit_count > 0 AND gross_minor > 0
),
main_currency AS (
  SELECT store_id, product_id, currency
  FROM day_price
  GROUP BY store_id, product_id, currency
  QUALIFY row_number() OVER (PARTITION BY store_id, product_id ORDER BY sum(unit_count) DESC, currency) = 1
)
SELECT
  day_price.store_id,
  day_price.product_id,
  day_price.currency,
  any_value(product.category) AS category,
  day_price.weeks_ago::INTEGER AS weeks_ago,
  sum(day_price.unit_count)::DOUBLE AS units,
  median(day_price.price_minor)::DOUBLE AS price_minor
FROM day_price
JOIN main_currency USING (store_id, product_id, currency)
LEFT JOIN mart_product AS product
  ON product.store_id = day_price.store_id AND product.product_id = day_price.product_id
GROUP BY day_price.store_id, day_price.product_id, day_price.currency, day_price.weeks_ago
ORDER BY day_price.store_id, day_price.product_id, day_price.weeks_ago DESC;
