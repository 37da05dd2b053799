-- Purpose: orders from their lines, completed by the order header where a source has one.
-- A header's discount, shipping and tax win over the sums of the lines. An order without a header is completed, or
-- cancelled when all its product lines are cancellations. Where lines of one order disagree, the smallest value is
-- taken, so that the order of ingest cannot matter.
-- Grain: one row a store and order. line_count, unit_count and goods_minor cover product lines sold.
INSERT INTO fct_order (
  store_id, order_id, ordered_at, ordered_on, customer_id, market_id, channel, currency, status,
  goods_minor, discount_minor, shipping_minor, tax_minor, line_count, unit_count
)
WITH line AS (
  SELECT
    store_id,
    order_id,
    min(ordered_at) AS ordered_at,
    min(ordered_on) AS ordered_on,
    min(customer_id) AS customer_id,
    min(market_id) AS market_id,
    min(currency) AS currency,
    coalesce(sum(amount_minor) FILTER (WHERE line_kind = 'product' AND movement = 'sale'), 0) AS goods_minor,
    coalesce(-sum(amount_minor) FILTER (WHERE line_kind = 'discount'), 0) AS discount_minor,
    coalesce(sum(amount_minor) FILTER (WHERE line_kind = 'shipping'), 0) AS shipping_minor,
    count(*) FILTER (WHERE line_kind = 'product' AND movement = 'sale') AS line_count,
    coalesce(sum(quantity) FILTER (WHERE line_kind = 'product' AND movement = 'sale'), 0) AS unit_count,
    bool_and(movement = 'cancellation') FILTER (WHERE line_kind = 'product') AS is_cancelled
  FROM fct_order_line
  WHERE line_kind <> 'test'
  GROUP BY store_id, order_id
),
header AS (
  SELECT store_id, order_id, customer_id, market_id, channel, status, discount_minor, shipping_minor, tax_minor
  FROM fct_order_header
  QUALIFY row_number() OVER (
    PARTITION BY store_id, order_id
    ORDER BY updated_at DESC NULLS LAST, content_hash, occurrence
  ) = 1
)
SELECT
  line.store_id,
  line.order_id,
  line.ordered_at,
  line.ordered_on,
  coalesce(header.customer_id, line.customer_id),
  coalesce(header.market_id, line.market_id),
  header.channel,
  line.currency,
  coalesce(header.status, CASE WHEN line.is_cancelled THEN 'cancelled' ELSE 'completed' END),
  line.goods_minor,
  coalesce(header.discount_minor, line.discount_minor),
  coalesce(header.shipping_minor, line.shipping_minor),
  coalesce(header.tax_minor, 0),
  line.line_count,
  line.unit_count
FROM line
LEFT JOIN header ON header.store_id = line.store_id AND header.order_id = line.order_id
ORDER BY line.store_id, line.ordered_on, line.order_id;
