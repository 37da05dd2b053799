import type { FieldReader } from "./field-reader.ts";
import type { TimeWindow } from "./vroom-problem.ts";

/** Latest time on the clock of the windows, seconds: that of Unix fits in. */
export const LATEST = 1e11;

/** Reads time windows: pairs in seconds, in any order as VROOM takes them; answered ascending. They may not overlap. */
export function readWindows(reader: FieldReader, field: string, value: unknown): TimeWindow[] {
  const accepted = "must be pairs [start, end] in seconds, ascending and apart";
  const isPair = (pair: unknown): pair is [number, number] =>
    Array.isArray(pair) &&
    pair.length === 2 &&
    pair.every((one) => typeof one === "number" && one >= 0 && one <= LATEST) &&
    pair[0] <= pair[1];
  if (!Array.isArray(value) || value.length === 0 || !value.every(isPair)) {
    reader.fault(field, accepted);
    return [];
  }
  const windows = value.map(([start, end]) => ({ start, end })).sort((a, b) => a.start - b.start || a.end - b.end);
  if (windows.some(({ start }, at) => at > 0 && start <= (windows[at - 1] as TimeWindow).end)) {
    reader.fault(field, accepted);
    return [];
  }
  return windows;
}
