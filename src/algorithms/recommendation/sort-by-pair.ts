import { createOnceForEach } from "../../core/once-for-each.ts";
import { countingSortOrder, requireIndices } from "../sparse/incidence.ts";
import type { InteractionLog } from "./interaction-log.ts";

/** The columns of a log by customer, then by item, the newest first. */
export interface PairLog extends InteractionLog {
  /** The place of each entry in the log. */
  readonly at: Int32Array;
}

const onceFor = createOnceForEach<PairLog>();

/**
 * Sorts a log by pair, once: it must not change. What was known before a day is then read off in one pass, for any day. O(entries +
 * customers + items) time, five columns of memory. Error: `ALGORITHM_INPUT_INVALID` for a number outside its range.
 */
export function sortByPair(log: InteractionLog, customerCount: number, itemCount: number): PairLog {
  return onceFor(log, () => sortColumns(log, customerCount, itemCount));
}

function sortColumns(log: InteractionLog, customerCount: number, itemCount: number): PairLog {
  requireIndices(log.customer, customerCount, "customer");
  requireIndices(log.item, itemCount, "item");
  const last = log.day.length - 1;
  const byAge = log.day.map((_, at) => last - at);
  const byItem = reorder(byAge, countingSortOrder(reorder(log.item, byAge), itemCount));
  const at = reorder(byItem, countingSortOrder(reorder(log.customer, byItem), customerCount));
  const [customer, item, kind, day] = [log.customer, log.item, log.kind, log.day].map((column) => reorder(column, at));
  return { customer, item, kind, day, at };
}

function reorder(column: Int32Array, order: Int32Array): Int32Array {
  const moved = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) moved[place] = column[order[place]];
  return moved;
}
