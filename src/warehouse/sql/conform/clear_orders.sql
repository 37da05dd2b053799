-- Purpose: empty the orders before they are rebuilt.
TRUNCATE fct_order;
