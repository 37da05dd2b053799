-- Purpose: shipments with promise and outcome. is_on_time: delivered by the promised day; false as well when the promise
-- has passed without delivery; NULL without a promise or while it still can be kept.
-- A shipment that was reported more than once counts once: the delivered, then the latest report.
-- Parameters: $as_of; a delivery after it is not known yet, nor a shipment all of whose days are. Grain: one row a store and shipment.
CREATE OR REPLACE TABLE mart_shipment AS
WITH known AS (
  SELECT
    store_id, shipment_id, order_id, origin_market_id, market_id, mode, incoterm, carrier_id, vendor,
    product_id, product_group, quantity,
    purchased_on, promised_on,
    CASE WHEN shipped_on <= $as_of::DATE THEN shipped_on END AS shipped_on,
    CASE WHEN delivered_on <= $as_of::DATE THEN delivered_on END AS delivered_on,
    weight_g, weight_basis, freight_minor, freight_basis, goods_minor, insurance_minor, currency
  FROM fct_shipment
  WHERE coalesce(least(purchased_on, shipped_on, promised_on, delivered_on), $as_of::DATE) <= $as_of::DATE
  QUALIFY row_number() OVER (
    PARTITION BY store_id, shipment_id
    ORDER BY delivered_on DESC NULLS LAST, shipped_on DESC NULLS LAST, content_hash, occurrence
  ) = 1
)
SELECT
  store_id,
  shipment_id,
  order_id,
  origin_market_id,
  market_id,
  mode,
  incoterm,
  carrier_id,
  vendor,
  product_id,
  product_group,
  quantity,
  purchased_on,
  promised_on,
  shipped_on,
  delivered_on,
  CASE
    WHEN promised_on IS NULL THEN NULL
    WHEN delivered_on IS NOT NULL THEN delivered_on <= promised_on
    WHEN promised_on < $as_of::DATE THEN false
  END AS is_on_time,
  weight_g,
  weight_basis,
  freight_minor,
  freight_basis,
  goods_minor,
  insurance_minor,
  currency
FROM known
ORDER BY store_id, delivered_on, shipment_id;
