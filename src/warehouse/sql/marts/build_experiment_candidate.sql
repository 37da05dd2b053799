-- Purpose: what lists of exploring variants tell about candidates that are not live, for the off-policy estimate. A shown item that the
-- candidate would have shown too weighs 1 / the probability with which it was in the list; its reward is a click
-- and what was bought of it within 7 days, which belongs to the customer's last list before that had it. Amounts are in the
-- store's currency; what no rate converts counts as nothing. shown_* are the same rewards of all that was shown, unweighted.
-- Reads mart_fx_day and mart_shown_product. Parameters: $as_of. Grain: one row an experiment, store, customer and candidate.
CREATE OR REPLACE TABLE mart_experiment_candidate AS
WITH exposure AS (
  SELECT store_id, exposure_id, experiment_id, customer_id, candidate_lists
  FROM fct_recommendation_exposure
  WHERE shown_on <= $as_of::DATE AND item_propensities IS NOT NULL AND candidate_lists IS NOT NULL
),
shown AS (
  SELECT store_id, exposure_id, customer_id, shown_at, product_id, propensity, is_clicked
  FROM mart_shown_product
  SEMI JOIN exposure USING (store_id, exposure_id)
),
sale AS (
  SELECT
    line.store_id,
    placed.customer_id,
    line.product_id,
    placed.ordered_at,
    line.amount_minor * CASE
      WHEN line.currency = store.currency THEN 1
      ELSE goal.units_per_eur / source.units_per_eur * pow(10, goal.minor_digits - source.minor_digits)
    END AS amount_minor
  FROM fct_order_line AS line
  JOIN fct_order AS placed ON placed.store_id = line.store_id AND placed.order_id = line.order_id
  JOIN dim_store AS store ON store.store_id = line.store_id
  LEFT JOIN mart_fx_day AS source ON source.day = line.ordered_on AND source.currency = line.currency
  LEFT JOIN mart_fx_day AS goal ON goal.day = line.ordered_on AND goal.currency = store.currency
  WHERE line.line_kind = 'product' AND line.movement = 'sale' AND line.ordered_on <= $as_of::DATE
),
bought AS (
  SELECT shown.store_id, shown.exposure_id, shown.product_id, sum(sale.amount_minor) AS bought_minor
  FROM sale
  ASOF JOIN shown
    ON shown.store_id = sale.store_id
    AND shown.customer_id = sale.customer_id
    AND shown.product_id = sale.product_id
    AND shown.shown_at <= sale.ordered_at
  WHERE sale.ordered_at < shown.shown_at + INTERVAL 7 DAY
  GROUP BY shown.store_id, shown.exposure_id, shown.product_id
),
rewarded AS (
  SELECT
    shown.store_id,
    shown.exposure_id,
    shown.product_id,
    shown.propensity,
    shown.is_clicked::INTEGER AS clicks,
    coalesce(bought.bought_minor, 0) AS bought_minor
  FROM shown
  LEFT JOIN bought USING (store_id, exposure_id, product_id)
),
candidate AS (
  SELECT store_id, exposure_id, experiment_id, customer_id, entry.key AS candidate_id, entry.value AS items
  FROM (
    SELECT
      store_id,
      exposure_id,
      experiment_id,
      customer_id,
      unnest(map_entries(candidate_lists::JSON::MAP(VARCHAR, VARCHAR[]))) AS entry
    FROM exposure
  )
),
matched AS (
  SELECT
    candidate.store_id,
    candidate.exposure_id,
    candidate.candidate_id,
    count(rewarded.product_id) AS shown_count,
    sum(rewarded.clicks) AS shown_clicks,
    sum(rewarded.bought_minor) AS shown_minor,
    sum(1 / rewarded.propensity) FILTER (WHERE is_own) AS weight,
    sum(rewarded.clicks / rewarded.propensity) FILTER (WHERE is_own) AS weighted_clicks,
    sum(rewarded.bought_minor / rewarded.propensity) FILTER (WHERE is_own) AS weighted_minor
  FROM candidate
  JOIN rewarded ON rewarded.store_id = candidate.store_id AND rewarded.exposure_id = candidate.exposure_id
  CROSS JOIN LATERAL (SELECT list_contains(candidate.items, rewarded.product_id) AS is_own) AS side
  GROUP BY candidate.store_id, candidate.exposure_id, candidate.candidate_id
)
SELECT
  candidate.experiment_id,
  candidate.store_id,
  candidate.customer_id,
  candidate.candidate_id,
  count(*) AS list_count,
  sum(len(candidate.items))::BIGINT AS place_count,
  coalesce(sum(matched.shown_count), 0)::BIGINT AS shown_count,
  coalesce(sum(matched.shown_clicks), 0)::BIGINT AS shown_clicks,
  coalesce(sum(matched.shown_minor), 0)::DOUBLE AS shown_minor,
  coalesce(sum(matched.weight), 0)::DOUBLE AS weight,
  coalesce(sum(matched.weighted_clicks), 0)::DOUBLE AS weighted_clicks,
  coalesce(sum(matched.weighted_minor), 0)::DOUBLE AS weighted_minor
FROM candidate
LEFT JOIN matched USING (store_id, exposure_id, candidate_id)
GROUP BY candidate.experiment_id, candidate.store_id, candidate.customer_id, candidate.candidate_id
ORDER BY candidate.experiment_id, candidate.store_id, candidate.customer_id, candidate.candidate_id;
