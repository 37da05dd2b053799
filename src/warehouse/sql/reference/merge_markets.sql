-- Purpose: markets from the reference file; other rows stay. Parameters: $file (JSON array). Grain: one row a market.
MERGE INTO dim_market AS market
USING (
  SELECT a2, name, a3, numeric, region, currency, timeZone
  FROM read_json(
    $file,
    format = 'array',
    columns = {
      a2: 'VARCHAR', a3: 'VARCHAR', numeric: 'VARCHAR', name: 'VARCHAR',
      region: 'VARCHAR', currency: 'VARCHAR', timeZone: 'VARCHAR'
    }
  )
) AS country
ON market.market_id = country.a2
WHEN MATCHED THEN UPDATE SET
  name = country.name, iso_alpha3 = country.a3, iso_numeric = country.numeric,
  region = country.region, currency = country.currency, time_zone = country.timeZone
WHEN NOT MATCHED THEN INSERT (market_id, name, iso_alpha3, iso_numeric, region, currency, time_zone)
  VALUES (country.a2, country.name, country.a3, country.numeric, country.region, country.currency, country.timeZone);
