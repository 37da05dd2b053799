-- Purpose: the demand that the night forecasts, per product, market and day: what was sold less what was taken back that same day, at
-- least 0. An order entered by mistake and cancelled on the same day is no demand, while a later return does not undo the demand of
-- the day it was sold. A day of more than 100,000 units that is also more than 10,000 times the store's median is not believed, nor is
-- one that is no number: sums leave it out, and list_unbelieved_demand names it.
-- Parameters: $as_of. Grain: one row a product, market and day with sales, all currencies together.
CREATE OR REPLACE TEMP TABLE demand_day AS
WITH sold AS (
  SELECT
    store_id,
    product_id,
    market_id,
    sold_on,
    greatest(sum(unit_count) - sum(returned_units), 0)::DOUBLE AS units
  FROM mart_product_day
  WHERE sold_on <= $as_of::DATE
  GROUP BY store_id, product_id, market_id, sold_on
),
usual AS (
  SELECT store_id, greatest(100000, 10000 * median(units)) AS most
  FROM sold
  WHERE units > 0
  GROUP BY store_id
)
SELECT sold.*, ($as_of::DATE - sold.sold_on) AS days_ago, sold.units <= coalesce(usual.most, 0) AS is_believed
FROM sold
LEFT JOIN usual ON usual.store_id = sold.store_id;
