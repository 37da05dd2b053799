import { expect, test } from "vitest";
import { fail } from "../core/errors.ts";
import { toWarehouseError } from "./warehouse-error.ts";

test.each([
  ['IO Error: Could not set lock on file "w.duckdb": Conflicting lock is held', "WAREHOUSE_BUSY"],
  ["FATAL Error: Failed to create checkpoint: No space left on device", "STORAGE_FULL"],
  ["IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2", "WAREHOUSE_DAMAGED"],
  ["Binder Error: Referenced column not found\nLINE 1: SELECT x", "WAREHOUSE_QUERY_FAILED"],
])("%s is %s", (message, code) => {
  const error = toWarehouseError(new Error(message), "SELECT x");
  expect(error.code).toBe(code);
  expect(error.detail).not.toContain("SELECT x");
  expect(error.meta).toMatchObject({ context: "SELECT x", engine: message });
});

test("an error that has a code keeps it", () => {
  const error = fail("RUN_IN_PROGRESS", "busy");
  expect(toWarehouseError(error, "SELECT x")).toBe(error);
});
