-- Purpose: what each customer of an experiment was shown and did afterwards; the read-out compares variants by it.
-- A click is a product of the list looked at within a day of the list. Orders count for 28 days from the first list on, the same
-- time for everybody, and for 28 days before it as the covariate. Money is that of orders in the store's own currency.
-- margin_minor is NULL where the cost of something bought is unknown. is_mixed: the customer was shown several variants.
-- Parameters: $as_of. Grain: one row an experiment, store and customer.
CREATE OR REPLACE TABLE mart_experiment_visitor AS
WITH exposure AS (
  SELECT store_id, exposure_id, experiment_id, variant_id, customer_id, shown_at, propensity,
    from_json(items, '["VARCHAR"]') AS items
  FROM fct_recommendation_exposure
  WHERE shown_on <= $as_of::DATE
),
visitor AS (
  SELECT
    experiment_id,
    store_id,
    customer_id,
    arg_min(variant_id, (shown_at, exposure_id)) AS variant_id,
    arg_min(propensity, (shown_at, exposure_id)) AS propensity,
    count(DISTINCT variant_id) > 1 AS is_mixed,
    min(shown_at) AS first_shown_at,
    count(*) AS list_count,
    sum(len(items))::BIGINT AS item_count
  FROM exposure
  GROUP BY experiment_id, store_id, customer_id
),
shown AS (
  SELECT experiment_id, store_id, customer_id, exposure_id, shown_at, unnest(items) AS product_id
  FROM exposure
),
clicked AS (
  SELECT shown.experiment_id, shown.store_id, shown.customer_id, count(DISTINCT (shown.exposure_id, shown.product_id)) AS click_count
  FROM shown
  JOIN fct_traffic_event AS event
    ON event.store_id = shown.store_id
    AND event.visitor_id = shown.customer_id
    AND event.product_id = shown.product_id
    AND event.kind = 'view_item'
    AND event.event_at >= shown.shown_at
    AND event.event_at < shown.shown_at + INTERVAL 1 DAY
  GROUP BY shown.experiment_id, shown.store_id, shown.customer_id
),
-- A catalogue may be loaded many times: the newest word on a product holds.
cost AS (
  SELECT store_id, product_id, unit_cost_minor
  FROM fct_product_listing
  QUALIFY row_number() OVER (PARTITION BY store_id, product_id ORDER BY file_id DESC, row_no DESC) = 1
),
sale AS (
  SELECT
    placed.store_id,
    placed.customer_id,
    placed.order_id,
    placed.ordered_at,
    sum(line.amount_minor) AS revenue_minor,
    if(count(cost.unit_cost_minor) = count(*), sum(line.amount_minor - line.quantity * cost.unit_cost_minor), NULL) AS margin_minor
  FROM fct_order AS placed
  JOIN dim_store AS store ON store.store_id = placed.store_id AND store.currency = placed.currency
  JOIN fct_order_line AS line ON line.store_id = placed.store_id AND line.order_id = placed.order_id
  LEFT JOIN cost ON cost.store_id = line.store_id AND cost.product_id = line.product_id
  WHERE line.line_kind = 'product' AND line.movement = 'sale' AND placed.ordered_on <= $as_of::DATE
  GROUP BY placed.store_id, placed.customer_id, placed.order_id, placed.ordered_at
),
bought AS (
  SELECT
    visitor.experiment_id,
    visitor.store_id,
    visitor.customer_id,
    count(*) FILTER (WHERE sale.ordered_at >= visitor.first_shown_at) AS order_count,
    sum(sale.revenue_minor) FILTER (WHERE sale.ordered_at >= visitor.first_shown_at) AS revenue_minor,
    sum(sale.revenue_minor) FILTER (WHERE sale.ordered_at < visitor.first_shown_at) AS before_minor,
    sum(sale.margin_minor) FILTER (WHERE sale.ordered_at >= visitor.first_shown_at) AS margin_minor,
    count(*) FILTER (WHERE sale.ordered_at >= visitor.first_shown_at AND sale.margin_minor IS NULL) AS uncosted_count
  FROM visitor
  JOIN sale
    ON sale.store_id = visitor.store_id
    AND sale.customer_id = visitor.customer_id
    AND sale.ordered_at >= visitor.first_shown_at - INTERVAL 28 DAY
    AND sale.ordered_at < visitor.first_shown_at + INTERVAL 28 DAY
  GROUP BY visitor.experiment_id, visitor.store_id, visitor.customer_id
)
SELECT
  visitor.experiment_id,
  visitor.store_id,
  visitor.customer_id,
  visitor.variant_id,
  visitor.propensity,
  visitor.is_mixed,
  visitor.first_shown_at,
  visitor.list_count,
  visitor.item_count,
  coalesce(clicked.click_count, 0)::BIGINT AS click_count,
  coalesce(bought.order_count, 0)::BIGINT AS order_count,
  coalesce(bought.revenue_minor, 0)::BIGINT AS revenue_minor,
  coalesce(bought.before_minor, 0)::BIGINT AS before_minor,
  if(coalesce(bought.uncosted_count, 0) > 0, NULL, coalesce(bought.margin_minor, 0))::BIGINT AS margin_minor
FROM visitor
LEFT JOIN clicked USING (experiment_id, store_id, customer_id)
LEFT JOIN bought USING (experiment_id, store_id, customer_id)
ORDER BY visitor.experiment_id, visitor.store_id, visitor.customer_id;
