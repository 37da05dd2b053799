-- Purpose: where a store sells, in the order that numbers segments from 0.
-- Parameters: $as_of. Grain: one row a store and market.
SELECT DISTINCT store_id, market_id
FROM mart_basket_line
WHERE ordered_on <= $as_of::DATE
ORDER BY store_id, market_id;
