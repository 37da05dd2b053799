-- Purpose: a store that a source mapping declares, unless it is known. Grain: at most one row.
INSERT INTO dim_store
SELECT $id, $name, $platform, $sellerKind, $tradeKind, $homeMarket, $currency, $timeZone
WHERE NOT EXISTS (SELECT 1 FROM dim_store WHERE store_id = $id);
