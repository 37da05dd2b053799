import { fail } from "../core/errors.ts";

/** Runs `work` between BEGIN and COMMIT of a session whose statements `run` runs; rolls back and rethrows when it throws. */
export async function inTransaction<T>(run: (sql: string) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  await run("BEGIN TRANSACTION");
  let value;
  try {
    value = await work();
  } catch (error) {
    await run("ROLLBACK").catch((rollbackError: unknown) => {
      throw fail("WAREHOUSE_QUERY_FAILED", "Rolling back failed; the process must reopen the warehouse.", {
        cause: rollbackError,
      });
    });
    throw error;
  }
  await run("COMMIT");
  return value;
}
