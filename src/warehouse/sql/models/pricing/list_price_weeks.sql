-- Purpose: units and the price asked for each product, store and week in which it sold, in all markets and market by market.
-- The price is the median over the week's days and markets of the day's average price, so that one bulk order at a discount
-- moves it little. Where a market sees fewer than three orders a week that is not enough (has_own_price is false): the price
-- of its week is that of one order, whose size set it. Weeks are blocks of seven days counted back from $as_of. A market of its own has a product that sold 10
-- units and twelve weeks ago there, in a store of several markets: less could say nothing.
-- Parameters: $as_of. Grain: one row a store, product, market (null for all) and week with a sale, in the product's main
-- currency; newest week last.
WITH day_price AS (
  SELECT
    store_id,
    product_id,
    market_id,
    currency,
    ($as_of::DATE - sold_on) // 7 AS weeks_ago,
    unit_count,
    order_count,
    gross_minor / unit_count AS price_minor
  FROM mart_product_day
  WHERE sold_on <= $as_of::DATE AND unit_count > 0 AND gross_minor > 0
),
main_currency AS (
  SELECT store_id, product_id, currency
  FROM day_price
  GROUP BY store_id, product_id, currency
  QUALIFY row_number() OVER (PARTITION BY store_id, product_id ORDER BY sum(unit_count) DESC, currency) = 1
),
several_markets AS (
  SELECT store_id FROM day_price GROUP BY store_id HAVING count(DISTINCT market_id) > 1
),
told_market AS (
  SELECT store_id, product_id, market_id, sum(order_count) >= 3 * (max(weeks_ago) + 1) AS has_own_price
  FROM day_price
  JOIN main_currency USING (store_id, product_id, currency)
  JOIN several_markets USING (store_id)
  GROUP BY store_id, product_id, market_id
  HAVING sum(unit_count) >= 10 AND max(weeks_ago) >= 11
),
product_week AS (
  SELECT store_id, product_id, NULL AS market_id, TRUE AS has_own_price, currency, weeks_ago, unit_count, price_minor
  FROM day_price
  UNION ALL
  SELECT store_id, product_id, market_id, has_own_price, currency, weeks_ago, unit_count, price_minor
  FROM day_price
  JOIN told_market USING (store_id, product_id, market_id)
)
SELECT
  product_week.store_id,
  product_week.product_id,
  product_week.market_id,
  product_week.currency,
  any_value(product.category) AS category,
  any_value(product_week.has_own_price)::INTEGER AS has_own_price,
  product_week.weeks_ago::INTEGER AS weeks_ago,
  sum(product_week.unit_count)::DOUBLE AS units,
  median(product_week.price_minor)::DOUBLE AS price_minor
FROM product_week
JOIN main_currency USING (store_id, product_id, currency)
LEFT JOIN mart_product AS product
  ON product.store_id = product_week.store_id AND product.product_id = product_week.product_id
GROUP BY
  product_week.store_id, product_week.product_id, product_week.market_id, product_week.currency, product_week.weeks_ago
ORDER BY
  product_week.store_id, product_week.product_id, product_week.market_id NULLS FIRST, product_week.weeks_ago DESC;
