-- Purpose: the list of applied migrations. Grain: one row a migration.
CREATE TABLE IF NOT EXISTS ops_migration (
  version INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  checksum VARCHAR NOT NULL,
  applied_at TIMESTAMP NOT NULL
);
