-- Purpose: weeks in which a product was out of stock on some days, in a market and in all: days on which every place that serves
-- the market held nothing at the end and nothing was sold. A place without a market serves all. Days without a snapshot of the
-- product count as in stock. Weeks are those of list_week_demand.
-- Parameters: $as_of. Grain: one row a product, market and week with such days; market '' stands for all.
WITH held AS (
  SELECT store_id, product_id, market_id, snapshot_on, sum(on_hand) AS on_hand
  FROM fct_inventory_snapshot
  WHERE snapshot_on <= $as_of::DATE
  GROUP BY store_id, product_id, market_id, snapshot_on
),
sold AS (
  SELECT store_id, product_id, market_id, sold_on, sum(unit_count) AS units
  FROM mart_product_day
  WHERE sold_on <= $as_of::DATE
  GROUP BY store_id, product_id, market_id, sold_on
),
place AS (
  SELECT DISTINCT sold.store_id, sold.product_id, sold.market_id
  FROM sold
  SEMI JOIN held ON held.store_id = sold.store_id AND held.product_id = sold.product_id
),
served AS (
  SELECT place.store_id, place.product_id, place.market_id, held.snapshot_on, sum(held.on_hand) AS on_hand
  FROM place
  JOIN held
    ON held.store_id = place.store_id
    AND held.product_id = place.product_id
    AND (held.market_id = place.market_id OR held.market_id IS NULL)
  GROUP BY place.store_id, place.product_id, place.market_id, held.snapshot_on
),
empty_day AS (
  SELECT store_id, product_id, market_id, snapshot_on FROM served WHERE on_hand <= 0
  UNION ALL
  SELECT store_id, product_id, '' AS market_id, snapshot_on
  FROM held
  GROUP BY store_id, product_id, snapshot_on
  HAVING sum(on_hand) <= 0
)
SELECT
  empty_day.store_id,
  empty_day.product_id,
  empty_day.market_id,
  (($as_of::DATE - empty_day.snapshot_on) // 7)::INTEGER AS weeks_ago,
  count(*)::INTEGER AS days_out
FROM empty_day
ANTI JOIN sold
  ON sold.store_id = empty_day.store_id
  AND sold.product_id = empty_day.product_id
  AND (sold.market_id = empty_day.market_id OR empty_day.market_id = '')
  AND sold.sold_on = empty_day.snapshot_on
  AND sold.units > 0
GROUP BY empty_day.store_id, empty_day.product_id, empty_day.market_id, weeks_ago
ORDER BY ALL;
