-- Purpose: note a migration as applied. Parameters: $version, $name, $checksum.
INSERT INTO ops_migration VALUES ($version, $name, $checksum, current_timestamp::TIMESTAMP);
