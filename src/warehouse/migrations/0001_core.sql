-- Purpose: the core layer: dimensions and facts of a cross-border shop, with lineage, and the ingest ledger.
-- Conventions: money is BIGINT in minor units of the row's currency; *_at is UTC; *_on is a calendar day in the
-- store's time zone; market_id is ISO 3166-1 alpha-2 (user-assigned X? and ZZ where a label is no country).
-- Lineage of each fact row: (content_hash, occurrence) identify it, (file_id, row_no) say where it came from.

-- ── ingest ledger ───────────────────────────────────────────────────────────────────────────────────────────────
CREATE SEQUENCE seq_file START 1;
CREATE TABLE raw_file (
  file_id INTEGER NOT NULL,
  sha256 VARCHAR NOT NULL,
  file_name VARCHAR NOT NULL,
  byte_size BIGINT NOT NULL,
  dataset VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  store_id VARCHAR,
  contract_version VARCHAR NOT NULL,
  loaded_at TIMESTAMP NOT NULL,
  rows_in BIGINT NOT NULL,
  rows_loaded BIGINT NOT NULL,
  rows_duplicate BIGINT NOT NULL,
  rows_quarantined BIGINT NOT NULL,
  control_total DOUBLE                -- the contract's control sum over all rows of the file, e.g. Σ quantity × price
);
CREATE SEQUENCE seq_quarantine START 1;
CREATE TABLE raw_quarantine (
  quarantine_id BIGINT NOT NULL,
  dataset VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  store_id VARCHAR,
  file_id INTEGER NOT NULL,
  file_name VARCHAR NOT NULL,
  line_no BIGINT NOT NULL,
  reason_code VARCHAR NOT NULL,
  column_name VARCHAR,
  message VARCHAR NOT NULL,
  raw_line VARCHAR NOT NULL,          -- the line as received (CSV, NDJSON) or its JSON (Parquet)
  raw_values JSON,                    -- source column → text, for replay; NULL where the line did not parse
  content_hash UHUGEINT NOT NULL,
  occurrence INTEGER NOT NULL,
  state VARCHAR NOT NULL,             -- open | replayed
  seen_at TIMESTAMP NOT NULL
);

-- ── dimensions ──────────────────────────────────────────────────────────────────────────────────────────────────
-- is_derived: made by the conform step since facts name it and no file describes it; made anew every night.
CREATE TABLE dim_store (
  store_id VARCHAR NOT NULL, name VARCHAR NOT NULL, platform VARCHAR, seller_kind VARCHAR, trade_kind VARCHAR,
  home_market_id VARCHAR, currency VARCHAR NOT NULL, time_zone VARCHAR NOT NULL, is_derived BOOLEAN DEFAULT false
);
CREATE TABLE dim_market (
  market_id VARCHAR NOT NULL, name VARCHAR NOT NULL, iso_alpha3 VARCHAR, iso_numeric VARCHAR, region VARCHAR,
  currency VARCHAR, time_zone VARCHAR
);
CREATE TABLE dim_product (            -- rebuilt from listings and order lines by the conform step
  store_id VARCHAR NOT NULL, product_id VARCHAR NOT NULL, title VARCHAR, category VARCHAR, hs_code VARCHAR,
  weight_g DOUBLE, unit_cost_minor BIGINT, currency VARCHAR, first_sold_on DATE, last_sold_on DATE
);
CREATE TABLE dim_customer (
  store_id VARCHAR NOT NULL, customer_id VARCHAR NOT NULL, market_id VARCHAR, first_order_on DATE,
  last_order_on DATE, order_count INTEGER
);
CREATE TABLE dim_carrier (
  carrier_id VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR, is_derived BOOLEAN DEFAULT false
);
CREATE TABLE dim_hub (
  hub_id VARCHAR NOT NULL, name VARCHAR NOT NULL, market_id VARCHAR, kind VARCHAR, latitude DOUBLE, longitude DOUBLE,
  is_derived BOOLEAN DEFAULT false
);
CREATE TABLE dim_lane (
  lane_id VARCHAR NOT NULL, origin_market_id VARCHAR, destination_market_id VARCHAR, mode VARCHAR NOT NULL
);
CREATE TABLE dim_calendar (
  day DATE NOT NULL, iso_week VARCHAR NOT NULL, month VARCHAR NOT NULL, quarter VARCHAR NOT NULL, year INTEGER NOT NULL,
  weekday INTEGER NOT NULL, is_weekend BOOLEAN NOT NULL
);
CREATE TABLE dim_holiday (
  market_id VARCHAR NOT NULL, day DATE NOT NULL, name VARCHAR NOT NULL, is_derived BOOLEAN DEFAULT false
);

-- ── trade ───────────────────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE fct_product_listing (    -- what a catalogue says of a product
  store_id VARCHAR NOT NULL, product_id VARCHAR NOT NULL, title VARCHAR, category VARCHAR, hs_code VARCHAR,
  weight_g DOUBLE, unit_cost_minor BIGINT, currency VARCHAR,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_order (              -- rebuilt from order lines and order headers by the conform step
  store_id VARCHAR NOT NULL, order_id VARCHAR NOT NULL, ordered_at TIMESTAMP NOT NULL, ordered_on DATE NOT NULL,
  customer_id VARCHAR, market_id VARCHAR NOT NULL, channel VARCHAR, currency VARCHAR NOT NULL, status VARCHAR NOT NULL,
  goods_minor BIGINT NOT NULL, discount_minor BIGINT NOT NULL, shipping_minor BIGINT NOT NULL, tax_minor BIGINT NOT NULL,
  line_count INTEGER NOT NULL, unit_count BIGINT NOT NULL
);
CREATE TABLE fct_order_header (       -- what an order export says of the whole order, where a source has it
  store_id VARCHAR NOT NULL, order_id VARCHAR NOT NULL, ordered_at TIMESTAMP NOT NULL, ordered_on DATE NOT NULL,
  customer_id VARCHAR, market_id VARCHAR, channel VARCHAR, currency VARCHAR NOT NULL, status VARCHAR,
  discount_minor BIGINT, shipping_minor BIGINT, tax_minor BIGINT, total_minor BIGINT, updated_at TIMESTAMP,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_order_line (
  store_id VARCHAR NOT NULL, order_id VARCHAR NOT NULL, ordered_at TIMESTAMP NOT NULL, ordered_on DATE NOT NULL,
  customer_id VARCHAR, market_id VARCHAR NOT NULL, product_id VARCHAR NOT NULL, description VARCHAR,
  line_kind VARCHAR NOT NULL,         -- product | shipping | fee | discount | adjustment | gift_card | sample | test
  movement VARCHAR NOT NULL,          -- sale | cancellation | write_off
  quantity BIGINT NOT NULL, unit_price DECIMAL(18, 6) NOT NULL, currency VARCHAR NOT NULL, amount_minor BIGINT NOT NULL,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_sales_reversal (     -- refunds, returns, edits as a source reports them; cancelled lines stay order lines
  store_id VARCHAR NOT NULL, reversal_id VARCHAR NOT NULL, order_id VARCHAR, product_id VARCHAR, reversed_at TIMESTAMP NOT NULL,
  reversed_on DATE NOT NULL, kind VARCHAR NOT NULL, reason VARCHAR, quantity BIGINT, currency VARCHAR NOT NULL,
  amount_minor BIGINT NOT NULL,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_payment (
  store_id VARCHAR NOT NULL, payment_id VARCHAR NOT NULL, order_id VARCHAR, attempted_at TIMESTAMP, attempt_no INTEGER,
  method VARCHAR NOT NULL, provider VARCHAR, card_market_id VARCHAR, status VARCHAR NOT NULL, decline_reason VARCHAR,
  instalments INTEGER, currency VARCHAR NOT NULL, amount_minor BIGINT NOT NULL, fee_minor BIGINT, settled_on DATE,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);

-- ── traffic and marketing ───────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE fct_session (
  store_id VARCHAR NOT NULL, session_id VARCHAR NOT NULL, visitor_id VARCHAR, started_at TIMESTAMP,
  month_of_year INTEGER,              -- known where a source gives the month without a date
  market_id VARCHAR, channel VARCHAR, device VARCHAR, visitor_kind VARCHAR, page_views INTEGER, product_views INTEGER,
  duration_sec DOUBLE, bounce_rate DOUBLE, exit_rate DOUBLE, is_converted BOOLEAN NOT NULL,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_traffic_event (
  store_id VARCHAR NOT NULL, session_id VARCHAR, visitor_id VARCHAR NOT NULL, event_at TIMESTAMP NOT NULL, event_on DATE NOT NULL,
  kind VARCHAR NOT NULL,              -- view_item | add_to_cart | begin_checkout | add_payment_info | purchase | visit
  product_id VARCHAR, quantity BIGINT, currency VARCHAR, amount_minor BIGINT, market_id VARCHAR, device VARCHAR,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_marketing_spend (
  store_id VARCHAR NOT NULL, spent_on DATE NOT NULL, channel VARCHAR NOT NULL, campaign VARCHAR, market_id VARCHAR,
  impressions BIGINT, reach BIGINT, clicks BIGINT, currency VARCHAR NOT NULL, spend_minor BIGINT NOT NULL,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_touchpoint (
  store_id VARCHAR NOT NULL, touchpoint_id VARCHAR NOT NULL, visitor_id VARCHAR, customer_id VARCHAR, touched_at TIMESTAMP NOT NULL,
  channel VARCHAR NOT NULL, campaign VARCHAR, kind VARCHAR NOT NULL, order_id VARCHAR,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);

-- ── logistics and supply ────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE fct_shipment (
  store_id VARCHAR NOT NULL, shipment_id VARCHAR NOT NULL, consignment_id VARCHAR, order_id VARCHAR, carrier_id VARCHAR,
  vendor VARCHAR, mode VARCHAR NOT NULL, incoterm VARCHAR, origin_market_id VARCHAR, market_id VARCHAR NOT NULL,
  product_id VARCHAR, product_group VARCHAR, quantity BIGINT, purchased_on DATE, promised_on DATE, shipped_on DATE, delivered_on DATE,
  weight_g DOUBLE, weight_basis VARCHAR NOT NULL,       -- stated | allocated | missing
  currency VARCHAR NOT NULL, goods_minor BIGINT, freight_minor BIGINT,
  freight_basis VARCHAR NOT NULL,                       -- stated | allocated | included | invoiced_separately | missing
  insurance_minor BIGINT,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_shipment_event (
  store_id VARCHAR NOT NULL, shipment_id VARCHAR NOT NULL, event_at TIMESTAMP NOT NULL, kind VARCHAR NOT NULL, place VARCHAR, market_id VARCHAR,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_inventory_snapshot (
  store_id VARCHAR NOT NULL, product_id VARCHAR NOT NULL, hub_id VARCHAR, market_id VARCHAR, snapshot_on DATE NOT NULL,
  on_hand BIGINT NOT NULL, reserved BIGINT, inbound BIGINT,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);

-- ── service and rates ───────────────────────────────────────────────────────────────────────────────────────────
CREATE TABLE fct_support_contact (
  store_id VARCHAR NOT NULL, contact_id VARCHAR NOT NULL, opened_at TIMESTAMP NOT NULL, channel VARCHAR NOT NULL, topic VARCHAR, order_id VARCHAR,
  customer_id VARCHAR, first_response_at TIMESTAMP, resolved_at TIMESTAMP, score INTEGER,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_review (
  store_id VARCHAR NOT NULL, review_id VARCHAR NOT NULL, order_id VARCHAR, product_id VARCHAR, reviewed_at TIMESTAMP NOT NULL, score INTEGER,
  language VARCHAR, body VARCHAR,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
CREATE TABLE fct_fx_rate (            -- units of the currency for one euro, as fixed on that day
  rate_on DATE NOT NULL, currency VARCHAR NOT NULL, units_per_eur DOUBLE NOT NULL,
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
