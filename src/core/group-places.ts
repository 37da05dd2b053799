/**
 * The places of items in a list, by the key that they have in common, in their order; items without a key are left out. Looks only at the
 * places `among`, all if nothing is said. O(items).
 */
export function groupPlaces<Item>(
  items: readonly Item[],
  keyOf: (item: Item, place: number) => string | undefined,
  among: Iterable<number> = items.keys(),
): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const place of among) {
    const key = keyOf(items[place] as Item, place);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [place]);
    else group.push(place);
  }
  return groups;
}
