-- Purpose: applied migrations in order. Grain: one row a migration.
SELECT version, name, checksum FROM ops_migration ORDER BY version;
