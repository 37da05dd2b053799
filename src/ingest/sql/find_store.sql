-- Purpose: currency and time zone of a known store. Grain: at most one row.
SELECT currency, time_zone FROM dim_store WHERE store_id = $storeId;
