import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** Clicks of a visit or visitor that count. */
export const MOST_CLICKS = 50;
/** Views of a visitor that are kept: among them are items of which some may not be shown. */
const MOST_VIEWS = 2 * MOST_CLICKS;

/** Items that a visitor of a store looked at, oldest first, at least the last `MOST_CLICKS`. */
export type ViewsOf = (store: string, visitor: string) => ArrayLike<number>;

const NOTHING = new Int32Array(0);

/**
 * `itemOf`: item number of each row of the views, −1 for items that are never recommended. O(views). Views lie side by side, those of
 * a visitor together: an array for each would be found anew by every full collection.
 */
export function indexViews({ store, visitor }: ReleaseCatalogue["views"], itemOf: Int32Array): ViewsOf {
  const { numbers, visitorOf } = numberVisitors(store, visitor, itemOf);
  const { ptr, items } = groupViews(visitorOf, itemOf, numbers.size);
  return (ofStore, ofVisitor) => {
    const number = numbers.get(keyOf(ofStore, ofVisitor));
    if (number === undefined) return NOTHING;
    const end = ptr[number + 1] as number;
    return items.subarray(Math.max(ptr[number] as number, end - MOST_VIEWS), end);
  };
}

function keyOf(store: string, visitor: string): string {
  return `${store}\n${visitor}`;
}

/** Visitors by first view, and that of each row, −1 for rows that do not count. */
function numberVisitors(store: readonly string[], visitor: readonly string[], itemOf: Int32Array) {
  const numbers = new Map<string, number>();
  const visitorOf = itemOf.map((item, row) => {
    if (item < 0) return -1;
    const key = keyOf(store[row] as string, visitor[row] as string);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return { numbers, visitorOf };
}

/** Items of each visitor in their order: those of visitor v are `items` from `ptr[v]` to `ptr[v + 1]`. */
function groupViews(visitorOf: Int32Array, itemOf: Int32Array, visitors: number) {
  const ptr = new Int32Array(visitors + 1);
  for (const visitor of visitorOf) if (visitor >= 0) ptr[visitor + 1] = (ptr[visitor + 1] as number) + 1;
  for (let visitor = 0; visitor < visitors; visitor++) {
    ptr[visitor + 1] = (ptr[visitor + 1] as number) + (ptr[visitor] as number);
  }
  const next = ptr.slice(0, visitors);
  const items = new Int32Array(ptr[visitors] as number);
  visitorOf.forEach((visitor, row) => {
    if (visitor < 0) return;
    const at = next[visitor] as number;
    items[at] = itemOf[row] as number;
    next[visitor] = at + 1;
  });
  return { ptr, items };
}
