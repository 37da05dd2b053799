-- Purpose: drop the stores that only facts named, before they are found again.
DELETE FROM dim_store WHERE is_derived;
