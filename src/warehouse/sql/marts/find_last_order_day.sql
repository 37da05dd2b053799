-- Purpose: the last day with an order in the marts, that is up to the day they were built for. Grain: one row, NULL without orders.
SELECT max(ordered_on) AS last_on FROM mart_order;
