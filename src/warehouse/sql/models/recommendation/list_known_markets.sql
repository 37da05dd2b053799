-- Purpose: markets that exist. Grain: one row a market.
SELECT market_id FROM dim_market ORDER BY market_id;
