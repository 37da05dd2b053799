import type { Incidence } from "../sparse/incidence.ts";

/**
 * Counts the customers whom one item shares with every other: of `users` (items × customers) and `items` (customers × items), the same pairs seen
 * from both sides. The counts are good until the next call. O(items of the item's customers) a call after O(items) once.
 */
export function createSharedCounter(users: Incidence, items: Incidence): (item: number) => Int32Array {
  const counts = new Int32Array(users.rowCount);
  return (item) => {
    counts.fill(0);
    for (let at = users.rowPtr[item]; at < users.rowPtr[item + 1]; at++) {
      const customer = users.colIdx[at];
      for (let p = items.rowPtr[customer]; p < items.rowPtr[customer + 1]; p++) counts[items.colIdx[p]]++;
    }
    return counts;
  };
}
