import type { Session } from "../warehouse/database.ts";

/**
 * Runs a load with the engine's settings for it, and restores the usual ones. Order is kept since line numbers come from it. FSST is
 * not tried: for the codes and names of facts a dictionary always came out smaller, and trying cost a fifth of a load's CPU time.
 */
export async function withLoadSettings<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.run("SET preserve_insertion_order = true");
  await session.run("SET disabled_compression_methods = 'fsst,dict_fsst'");
  try {
    return await work();
  } finally {
    await session.run("SET preserve_insertion_order = false");
    await session.run("RESET disabled_compression_methods");
  }
}
