-- Purpose: currencies that amounts can be converted to. Grain: one row a currency.
SELECT DISTINCT currency FROM mart_fx_day ORDER BY currency;
