import type { ReleaseCatalogue } from "./release-catalogue.ts";

/** Clicks of a visit or visitor that count. */
export const MOST_CLICKS = 50;

/** Items that a visitor of a store looked at, oldest first, at least the last `MOST_CLICKS`. */
export type ViewsOf = (store: string, visitor: string) => readonly number[];

/** `itemOf`: item number of each row of the views, −1 for items that are never recommended. O(views). */
export function indexViews(views: ReleaseCatalogue["views"], itemOf: Int32Array): ViewsOf {
  const viewed = new Map<string, number[]>();
  const keyOf = (store: string, visitor: string): string => `${store}\n${visitor}`;
  itemOf.forEach((item, row) => {
    if (item < 0) return;
    const key = keyOf(views.store[row] as string, views.visitor[row] as string);
    const known = viewed.get(key);
    if (known === undefined) viewed.set(key, [item]);
    else {
      known.push(item);
      if (known.length > 2 * MOST_CLICKS) known.splice(0, MOST_CLICKS);
    }
  });
  return (store, visitor) => viewed.get(keyOf(store, visitor)) ?? [];
}
