-- Purpose: the newest known stock of each product in each place, as known on $as_of.
-- A place without a market (NULL) serves all markets. Grain: one row a store, product, hub and market.
CREATE OR REPLACE TABLE mart_stock AS
SELECT
  store_id,
  product_id,
  hub_id,
  market_id,
  snapshot_on,
  on_hand,
  coalesce(reserved, 0)::BIGINT AS reserved,
  coalesce(inbound, 0)::BIGINT AS inbound
FROM fct_inventory_snapshot
WHERE snapshot_on <= $as_of::DATE
QUALIFY row_number() OVER (
  PARTITION BY store_id, product_id, hub_id, market_id
  ORDER BY snapshot_on DESC, file_id DESC, row_no DESC
) = 1
ORDER BY store_id, product_id, hub_id, market_id;
