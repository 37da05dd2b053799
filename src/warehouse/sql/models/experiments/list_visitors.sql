-- Purpose: what the customers of one experiment did, for its read-out.
-- Parameters: $experiment. Grain: one row a store and customer.
SELECT
  visitor.variant_id,
  visitor.propensity,
  visitor.is_mixed,
  visitor.list_count::DOUBLE AS list_count,
  visitor.item_count::DOUBLE AS item_count,
  visitor.click_count::DOUBLE AS click_count,
  visitor.order_count::DOUBLE AS order_count,
  visitor.revenue_minor,
  visitor.margin_minor,
  visitor.sold_minor,
  visitor.costed_minor,
  visitor.before_order_count::DOUBLE AS before_order_count,
  visitor.before_minor,
  visitor.before_margin_minor,
  store.currency
FROM mart_experiment_visitor AS visitor
LEFT JOIN dim_store AS store ON store.store_id = visitor.store_id
WHERE visitor.experiment_id = $experiment
ORDER BY visitor.store_id, visitor.customer_id;
