-- Purpose: the lists that customers of an experiment were answered with; the read-out joins what they did afterwards.

CREATE TABLE fct_recommendation_exposure (
  store_id VARCHAR NOT NULL, exposure_id VARCHAR NOT NULL, experiment_id VARCHAR NOT NULL, variant_id VARCHAR NOT NULL,
  customer_id VARCHAR NOT NULL, shown_at TIMESTAMP NOT NULL, shown_on DATE NOT NULL,
  items VARCHAR NOT NULL,             -- JSON list of product ids, best first
  propensity DOUBLE NOT NULL,         -- with which probability the customer was given this variant
  content_hash UHUGEINT NOT NULL, occurrence INTEGER NOT NULL, file_id INTEGER NOT NULL, row_no BIGINT NOT NULL
);
