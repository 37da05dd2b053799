-- Purpose: empty the customers before they are rebuilt.
TRUNCATE dim_customer;
