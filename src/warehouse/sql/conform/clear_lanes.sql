-- Purpose: empty the lanes before they are rebuilt.
TRUNCATE dim_lane;
