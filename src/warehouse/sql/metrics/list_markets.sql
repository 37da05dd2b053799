-- Purpose: markets a reader can choose from, with the number that world maps carry. Grain: one row a market.
SELECT market_id, name, iso_numeric FROM dim_market ORDER BY name, market_id;
