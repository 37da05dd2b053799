-- Purpose: what a unit costs landed in a market, and the delivery promised there.

-- Purchase, freight, duty and fees of one unit at the buyer's door, in `currency`; NULL says nothing.
ALTER TABLE fct_product_market ADD COLUMN landed_cost_minor BIGINT;
-- Days from order to door that the shop promises; NULL says nothing.
ALTER TABLE fct_product_market ADD COLUMN delivery_days INTEGER;
