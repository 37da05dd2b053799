-- Purpose: what each customer of an experiment was shown and did afterwards; the read-out compares variants by it.
-- Orders count for 28 days from the first list on, the same
-- time for everybody, and for 28 days before it as the covariates. Goods alone count: sales less cancellations, which are of the
-- day they are written on, less refunds, which belong to their order. Amounts are in the store's currency by the rate of their day;
-- what no rate converts counts as nothing. Margin is the same less unit costs, over the lines whose cost is known in their currency;
-- costed_minor of the sold_minor says how much that is. is_mixed: the customer was shown several variants.
-- Reads mart_fx_day and mart_shown_product. Parameters: $as_of. Grain: one row an experiment, store and customer.
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
clicked AS (
  SELECT experiment_id, store_id, customer_id, count(DISTINCT (exposure_id, product_id)) AS click_count
  FROM mart_shown_product
  WHERE is_clicked
  GROUP BY experiment_id, store_id, customer_id
),
-- A catalogue may be loaded many times: the newest word on a product holds.
cost AS (
  SELECT store_id, product_id, unit_cost_minor, currency
  FROM fct_product_listing
  QUALIFY row_number() OVER (PARTITION BY store_id, product_id ORDER BY file_id DESC, row_no DESC) = 1
),
goods AS (
  SELECT
    line.store_id,
    line.order_id,
    line.ordered_at AS moved_at,
    line.ordered_on AS moved_on,
    line.currency,
    line.amount_minor,
    CASE
      WHEN coalesce(cost.currency, line.currency) = line.currency
        THEN line.amount_minor - line.quantity * cost.unit_cost_minor
    END AS margin_minor,
    line.movement = 'sale' AS is_sale
  FROM fct_order_line AS line
  LEFT JOIN cost ON cost.store_id = line.store_id AND cost.product_id = line.product_id
  WHERE line.line_kind = 'product' AND line.movement IN ('sale', 'cancellation') AND line.ordered_on <= $as_of::DATE
  UNION ALL
  SELECT store_id, order_id, NULL, reversed_on, currency, -amount_minor, -amount_minor, false
  FROM fct_sales_reversal
  WHERE order_id IS NOT NULL AND reversed_on <= $as_of::DATE
),
valued AS (
  SELECT
    goods.store_id,
    placed.customer_id,
    goods.order_id,
    coalesce(goods.moved_at, placed.ordered_at) AS counts_at,
    goods.is_sale,
    goods.amount_minor * rate.factor AS amount_minor,
    goods.margin_minor * rate.factor AS margin_minor,
    goods.is_sale AND goods.margin_minor IS NOT NULL AS is_costed
  FROM goods
  JOIN fct_order AS placed ON placed.store_id = goods.store_id AND placed.order_id = goods.order_id
  JOIN dim_store AS store ON store.store_id = goods.store_id
  LEFT JOIN mart_fx_day AS source ON source.day = goods.moved_on AND source.currency = goods.currency
  LEFT JOIN mart_fx_day AS goal ON goal.day = goods.moved_on AND goal.currency = store.currency
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN goods.currency = store.currency THEN 1
      ELSE goal.units_per_eur / source.units_per_eur * pow(10, goal.minor_digits - source.minor_digits)
    END AS factor
  ) AS rate
  WHERE placed.customer_id IS NOT NULL
),
bought AS (
  SELECT
    visitor.experiment_id,
    visitor.store_id,
    visitor.customer_id,
    count(DISTINCT order_id) FILTER (WHERE is_after AND is_sale) AS order_count,
    sum(amount_minor) FILTER (WHERE is_after) AS revenue_minor,
    sum(margin_minor) FILTER (WHERE is_after) AS margin_minor,
    sum(amount_minor) FILTER (WHERE is_after AND is_sale) AS sold_minor,
    sum(amount_minor) FILTER (WHERE is_after AND is_costed) AS costed_minor,
    count(DISTINCT order_id) FILTER (WHERE NOT is_after AND is_sale) AS before_order_count,
    sum(amount_minor) FILTER (WHERE NOT is_after) AS before_minor,
    sum(margin_minor) FILTER (WHERE NOT is_after) AS before_margin_minor
  FROM visitor
  JOIN valued
    ON valued.store_id = visitor.store_id
    AND valued.customer_id = visitor.customer_id
    AND valued.counts_at >= visitor.first_shown_at - INTERVAL 28 DAY
    AND valued.counts_at < visitor.first_shown_at + INTERVAL 28 DAY
  CROSS JOIN LATERAL (SELECT valued.counts_at >= visitor.first_shown_at AS is_after) AS side
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
  coalesce(bought.revenue_minor, 0)::DOUBLE AS revenue_minor,
  coalesce(bought.margin_minor, 0)::DOUBLE AS margin_minor,
  coalesce(bought.sold_minor, 0)::DOUBLE AS sold_minor,
  coalesce(bought.costed_minor, 0)::DOUBLE AS costed_minor,
  coalesce(bought.before_order_count, 0)::BIGINT AS before_order_count,
  coalesce(bought.before_minor, 0)::DOUBLE AS before_minor,
  coalesce(bought.before_margin_minor, 0)::DOUBLE AS before_margin_minor
FROM visitor
LEFT JOIN clicked USING (experiment_id, store_id, customer_id)
LEFT JOIN bought USING (experiment_id, store_id, customer_id)
ORDER BY visitor.experiment_id, visitor.store_id, visitor.customer_id;
