-- Purpose: each fact table as releases carry it, with the store and day that decide its partition. Rates belong to no
-- store and are few, so all of them are one partition. content_hash and occurrence stay behind: Parquet has no unsigned
-- 128-bit integers, and (file_id, row_no) leads back to the raw row. Grain: that of the fact table.
CREATE OR REPLACE TEMP VIEW part_product_listing AS
SELECT store_id AS part_store, NULL::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_product_listing;

CREATE OR REPLACE TEMP VIEW part_product_market AS
SELECT store_id AS part_store, NULL::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_product_market;

CREATE OR REPLACE TEMP VIEW part_order_header AS
SELECT store_id AS part_store, ordered_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_order_header;

CREATE OR REPLACE TEMP VIEW part_order_line AS
SELECT store_id AS part_store, ordered_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_order_line;

CREATE OR REPLACE TEMP VIEW part_sales_reversal AS
SELECT store_id AS part_store, reversed_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_sales_reversal;

CREATE OR REPLACE TEMP VIEW part_payment AS
SELECT store_id AS part_store, coalesce(attempted_at::DATE, settled_on) AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_payment;

CREATE OR REPLACE TEMP VIEW part_session AS
SELECT store_id AS part_store, started_at::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_session;

CREATE OR REPLACE TEMP VIEW part_traffic_event AS
SELECT store_id AS part_store, event_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_traffic_event;

CREATE OR REPLACE TEMP VIEW part_recommendation_exposure AS
SELECT store_id AS part_store, shown_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_recommendation_exposure;

CREATE OR REPLACE TEMP VIEW part_marketing_spend AS
SELECT store_id AS part_store, spent_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_marketing_spend;

CREATE OR REPLACE TEMP VIEW part_touchpoint AS
SELECT store_id AS part_store, touched_at::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_touchpoint;

CREATE OR REPLACE TEMP VIEW part_shipment AS
SELECT store_id AS part_store, coalesce(delivered_on, shipped_on, promised_on, purchased_on) AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_shipment;

CREATE OR REPLACE TEMP VIEW part_shipment_event AS
SELECT store_id AS part_store, event_at::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_shipment_event;

CREATE OR REPLACE TEMP VIEW part_inventory_snapshot AS
SELECT store_id AS part_store, snapshot_on AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_inventory_snapshot;

CREATE OR REPLACE TEMP VIEW part_support_contact AS
SELECT store_id AS part_store, opened_at::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_support_contact;

CREATE OR REPLACE TEMP VIEW part_review AS
SELECT store_id AS part_store, reviewed_at::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_review;

CREATE OR REPLACE TEMP VIEW part_fx_rate AS
SELECT 'all' AS part_store, NULL::DATE AS part_on, * EXCLUDE (content_hash, occurrence)
FROM fct_fx_rate;
