-- Purpose: drop the carriers that only shipments named, before they are found again.
DELETE FROM dim_carrier WHERE is_derived;
