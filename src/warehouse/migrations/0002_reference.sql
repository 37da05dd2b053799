-- Purpose: which reference files were loaded, and what a currency is (minor unit, euro entry, redenomination).

CREATE TABLE ops_reference_file (name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL);

-- Currencies whose minor unit is no hundredth, that joined the euro, or that were redenominated. All others: 2 digits.
CREATE TABLE dim_currency (
  currency VARCHAR NOT NULL,
  minor_digits INTEGER NOT NULL,
  euro_from DATE,                     -- first day as legal subunit of the euro
  euro_rate DOUBLE,                   -- irrevocable units for one euro
  successor VARCHAR,                  -- the code that replaced it
  successor_from DATE,                -- first day of the successor
  successor_factor DOUBLE             -- old units for one new unit
);
INSERT INTO dim_currency (currency, minor_digits) VALUES
  ('BHD', 3), ('IQD', 3), ('JOD', 3), ('KWD', 3), ('LYD', 3), ('OMR', 3), ('TND', 3),
  ('BIF', 0), ('CLP', 0), ('DJF', 0), ('GNF', 0), ('ISK', 0), ('JPY', 0), ('KMF', 0), ('KRW', 0), ('PYG', 0),
  ('RWF', 0), ('UGX', 0), ('UYI', 0), ('VND', 0), ('VUV', 0), ('XAF', 0), ('XOF', 0), ('XPF', 0);
-- Council Regulations (EC) 2866/98, 1478/2000, 1086/2006, 1134/2007, 1135/2007, 694/2008, 671/2010, 870/2013, 851/2014,
-- (EU) 2022/1208 and 2025/1409.
INSERT INTO dim_currency (currency, minor_digits, euro_from, euro_rate) VALUES
  ('ATS', 2, '1999-01-01', 13.7603), ('BEF', 2, '1999-01-01', 40.3399), ('DEM', 2, '1999-01-01', 1.95583),
  ('ESP', 0, '1999-01-01', 166.386), ('FIM', 2, '1999-01-01', 5.94573), ('FRF', 2, '1999-01-01', 6.55957),
  ('IEP', 2, '1999-01-01', 0.787564), ('ITL', 0, '1999-01-01', 1936.27), ('LUF', 2, '1999-01-01', 40.3399),
  ('NLG', 2, '1999-01-01', 2.20371), ('PTE', 2, '1999-01-01', 200.482),
  ('GRD', 2, '2001-01-01', 340.750), ('SIT', 2, '2007-01-01', 239.640), ('CYP', 2, '2008-01-01', 0.585274),
  ('MTL', 2, '2008-01-01', 0.429300), ('SKK', 2, '2009-01-01', 30.1260), ('EEK', 2, '2011-01-01', 15.6466),
  ('LVL', 2, '2014-01-01', 0.702804), ('LTL', 2, '2015-01-01', 3.45280), ('HRK', 2, '2023-01-01', 7.53450),
  ('BGN', 2, '2026-01-01', 1.95583);
INSERT INTO dim_currency (currency, minor_digits, successor, successor_from, successor_factor) VALUES
  ('TRL', 2, 'TRY', '2005-01-01', 1000000), ('ROL', 2, 'RON', '2005-07-01', 10000);
