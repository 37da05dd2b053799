-- Purpose: what may be sold of a product where. Flags are -1 unknown, 0 no, 1 yes; days count from 1970-01-01.
-- Grain: one row a store, product and market ('' for all markets).
SELECT
  store_id,
  product_id,
  market_id,
  coalesce(sellable::INTEGER, -1)::INTEGER AS sellable,
  coalesce(shippable::INTEGER, -1)::INTEGER AS shippable,
  coalesce(hidden::INTEGER, -1)::INTEGER AS hidden,
  coalesce(available_from - DATE '1970-01-01', -2147483647)::INTEGER AS from_day,
  coalesce(available_until - DATE '1970-01-01', 2147483647)::INTEGER AS until_day,
  coalesce(price_minor, -1)::DOUBLE AS price_minor,
  coalesce(currency, '') AS currency,
  stock_units::DOUBLE AS stock_units
FROM mart_product_offer
ORDER BY store_id, product_id, market_id;
