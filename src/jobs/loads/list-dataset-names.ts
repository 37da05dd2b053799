/** Names that a file can be loaded under, for those who may not look into the ingest room themselves. */
export { listContractNames as listDatasetNames } from "../../ingest/declare/read-contract.ts";
