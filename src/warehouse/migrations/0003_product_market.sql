-- Purpose: what may be sold of a product in which market; a row without a market speaks for all of them.

CREATE TABLE fct_product_market (
  store_id VARCHAR NOT NULL, product_id VARCHAR NOT NULL, market_id VARCHAR,
  sellable BOOLEAN, shippable BOOLEAN, hidden BOOLEAN,  -- NULL says nothing: the row for all markets decides, else it may be sold
  available_from DATE, available_until DATE,            -- both days inclusive
  price_minor BIGINT, currency VARCHAR, updated_at TIMESTAMP,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
