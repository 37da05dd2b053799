-- Purpose: stores a reader can choose from. Grain: one row a store.
SELECT store_id, name, currency FROM dim_store ORDER BY name, store_id;
