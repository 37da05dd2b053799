-- Purpose: sizes of the tables that conforming rebuilt. Grain: one row.
SELECT
  (SELECT count(*) FROM fct_order) AS orders,
  (SELECT count(*) FROM dim_product) AS products,
  (SELECT count(*) FROM dim_customer) AS customers;
