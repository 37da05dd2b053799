-- Purpose: what an exploring variant adds to an exposure: the probability of each shown item, and what others would have shown.

-- JSON list of numbers, one an item of `items`: with which probability it is in the list; NULL where nothing explored.
ALTER TABLE fct_recommendation_exposure ADD COLUMN item_propensities VARCHAR;
-- JSON object of lists of product ids: what the experiment's candidates would have shown instead.
ALTER TABLE fct_recommendation_exposure ADD COLUMN candidate_lists VARCHAR;
