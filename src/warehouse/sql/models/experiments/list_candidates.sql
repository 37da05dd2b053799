-- Purpose: what exploring lists of one experiment tell about each candidate.
-- Parameters: $experiment. Grain: one row a store, customer and candidate.
SELECT
  candidate_id,
  list_count::DOUBLE AS list_count,
  place_count::DOUBLE AS place_count,
  shown_clicks::DOUBLE AS shown_clicks,
  shown_minor,
  weight,
  weighted_clicks,
  weighted_minor
FROM mart_experiment_candidate
WHERE experiment_id = $experiment
ORDER BY candidate_id, store_id, customer_id;
