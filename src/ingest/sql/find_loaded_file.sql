-- Purpose: the load of the same bytes by the same contract and mapping, if any. Grain: at most one row.
SELECT file_id, rows_in, control_total FROM raw_file
WHERE sha256 = $sha256 AND dataset = $dataset AND source = $source AND store_id IS NOT DISTINCT FROM $storeId
  AND contract_version = $contractVersion
ORDER BY file_id DESC LIMIT 1;
