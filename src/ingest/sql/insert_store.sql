-- Purpose: a store that a source mapping declares, unless a mapping or file described it before. Grain: at most one row.
INSERT INTO dim_store (store_id, name, platform, seller_kind, trade_kind, home_market_id, currency, time_zone)
SELECT $id, $name, $platform, $sellerKind, $tradeKind, $homeMarket, $currency, $timeZone
WHERE NOT EXISTS (SELECT 1 FROM dim_store WHERE store_id = $id AND NOT is_derived);
