interface CatalogueEntry {
  readonly status: number;
  readonly title: string;
  /** True where the same call may succeed later without a change by the caller. */
  readonly retryable: boolean;
}

function entry(status: number, title: string, retryable = false): CatalogueEntry {
  return { status, title, retryable };
}

/** Every coded error of the product: `AREA_REASON` → HTTP status, title, retryable. Keep sorted by area. */
export const ERROR_CATALOGUE = {
  ALGORITHM_INPUT_INVALID: entry(422, "The numbers given to a method are not usable"),
  CONFIG_INVALID: entry(500, "The configuration is not valid"),
  DASHBOARD_INVALID: entry(500, "A dashboard or metric file is not valid"),
  DASHBOARD_NOT_FOUND: entry(404, "No such dashboard"),
  EXPERIMENT_INVALID: entry(500, "An experiment file is not valid"),
  EXPERIMENT_NOT_FOUND: entry(404, "No such experiment"),
  FORECAST_SERIES_UNKNOWN: entry(404, "No demand is known for this product and market"),
  IDEMPOTENCY_KEY_IN_USE: entry(409, "A request with this idempotency key is still being answered", true),
  IDEMPOTENCY_KEY_REUSED: entry(409, "The idempotency key was used for another request"),
  INGEST_COLUMN_MISSING: entry(422, "A required column is missing"),
  INGEST_CONTRACT_INVALID: entry(422, "A dataset contract or source mapping is not valid"),
  INGEST_DATASET_UNKNOWN: entry(404, "No such dataset"),
  INGEST_FILE_NOT_FOUND: entry(404, "The file does not exist"),
  INGEST_FILE_TOO_LARGE: entry(413, "The file is larger than the limit"),
  INGEST_FILE_UNREADABLE: entry(422, "The file is not what it claims to be"),
  INGEST_PATH_REFUSED: entry(422, "The path leads outside its folder"),
  INGEST_SOURCE_UNKNOWN: entry(404, "No such source mapping"),
  INTERNAL: entry(500, "Unexpected failure"),
  JOB_GRAPH_INVALID: entry(500, "The steps of a run do not fit together"),
  JOB_NOT_FOUND: entry(404, "No such job"),
  JOB_STEP_FAILED: entry(500, "A step of the nightly run failed", true),
  JOB_STEP_UNKNOWN: entry(422, "No such step in the nightly graph"),
  METRIC_QUERY_INVALID: entry(422, "The metric query is not valid"),
  METRIC_UNKNOWN: entry(404, "No such metric"),
  MODEL_ARTEFACT_INVALID: entry(500, "A model artefact cannot be read"),
  MODEL_NOT_PUBLISHED: entry(503, "No model of this kind has been published yet", true),
  PAGES_NOT_BUILT: entry(503, "The pages have not been built", true),
  PRICING_PRICE_NEVER_VARIED: entry(422, "The price of this product never varied enough to learn from"),
  PRICING_PRODUCT_UNKNOWN: entry(404, "No price history of this product"),
  RECOMMENDATION_ITEM_UNKNOWN: entry(404, "No such item"),
  RELEASE_INVALID: entry(500, "A release is damaged"),
  RELEASE_NONE: entry(503, "No release has been published yet", true),
  RELEASE_NOT_FOUND: entry(404, "No such release"),
  REQUEST_BODY_TOO_LARGE: entry(413, "The request body is too large"),
  REQUEST_HOST_REFUSED: entry(421, "This server does not answer for that host"),
  REQUEST_INVALID: entry(400, "The request is not valid"),
  REQUEST_MEDIA_TYPE_UNSUPPORTED: entry(415, "The media type of the body is not supported"),
  REQUEST_METHOD_NOT_ALLOWED: entry(405, "The path does not take this method"),
  REQUEST_NOT_ACCEPTABLE: entry(406, "None of the accepted media types can be produced"),
  REQUEST_RATE_LIMITED: entry(429, "Too many requests", true),
  REQUEST_URI_TOO_LONG: entry(414, "The address is too long"),
  ROUTE_INPUT_INVALID: entry(422, "The routing problem is not valid"),
  ROUTE_JOB_NOT_FOUND: entry(404, "No such routing job"),
  ROUTE_NOT_FOUND: entry(404, "No such path"),
  ROUTE_QUEUE_FULL: entry(429, "Too many routing jobs are waiting", true),
  ROUTE_ROUTER_FAILED: entry(502, "The router that travel times come from did not answer", true),
  ROUTE_THREAD_FAILED: entry(500, "A thread of the route search failed", true),
  ROUTE_TIME_EXCEEDED: entry(504, "The routing problem took longer than allowed"),
  ROUTE_UNREACHABLE: entry(422, "No road leads between two places of the problem"),
  RUN_CANCELLED: entry(409, "The run was cancelled"),
  RUN_IN_PROGRESS: entry(409, "A run is already in progress", true),
  SERVER_OVERLOADED: entry(503, "The server is busy", true),
  SERVER_ADDRESS_UNUSABLE: entry(500, "The address to listen on cannot be used"),
  SHUTTING_DOWN: entry(503, "The server is shutting down", true),
  STORAGE_FULL: entry(507, "No space left on the device", true),
  WAREHOUSE_BUSY: entry(503, "Another process owns the warehouse", true),
  WAREHOUSE_DAMAGED: entry(500, "The warehouse file cannot be opened"),
  WAREHOUSE_MIGRATION_INVALID: entry(500, "The warehouse schema does not match its migrations"),
  WAREHOUSE_QUERY_FAILED: entry(500, "A warehouse query failed"),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
