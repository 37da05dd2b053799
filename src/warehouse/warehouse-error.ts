import { AppError, fail } from "../core/errors.ts";

/** Turns an engine error into a coded one. `context` (a file or the SQL) goes to `meta`, never to the wire. */
export function toWarehouseError(error: unknown, context: string): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const options = { cause: error, meta: { context: context.slice(0, 2000), engine: message.slice(0, 2000) } };
  if (/Could not set lock|Conflicting lock/i.test(message)) {
    return fail("WAREHOUSE_BUSY", "Another process has the warehouse open; wait until its run ends.", options);
  }
  if (/No space left on device/i.test(message)) {
    return fail("STORAGE_FULL", "The disk is full; free space and run again. Nothing was half written.", options);
  }
  if (/checksum|Corrupt|not a valid DuckDB database|Could not read enough bytes/i.test(message)) {
    return fail(
      "WAREHOUSE_DAMAGED",
      "A warehouse file is damaged; restore it or rebuild it by ingesting the raw files again.",
      options,
    );
  }
  return fail("WAREHOUSE_QUERY_FAILED", firstLine(message), options);
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
