-- Purpose: known customers with the market of their latest order, in the order that numbers them from 0.
-- Parameters: $as_of. Grain: one row a store and customer that ordered by then.
SELECT store_id, customer_id, arg_max(market_id, (ordered_on, order_id)) AS market_id
FROM mart_basket_line
WHERE customer_id IS NOT NULL AND ordered_on <= $as_of::DATE
GROUP BY store_id, customer_id
ORDER BY store_id, customer_id;
