-- Purpose: register a load. Grain: one row a load of a file into a dataset.
INSERT INTO raw_file VALUES ($fileId, $sha256, $fileName, $byteSize, $dataset, $source, $storeId, $contractVersion,
  $loadedAt, $rowsIn, $rowsLoaded, $rowsDuplicate, $rowsQuarantined, $controlTotal);
