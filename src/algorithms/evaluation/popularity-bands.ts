/** Bands of popularity: the head takes the first third of all interactions, mid the second, tail the last. */
export const BANDS = ["head", "mid", "tail"] as const;

/**
 * The band (0 head, 1 mid, 2 tail) of each item: items by falling count, cut where a third and two thirds of all counts are
 * reached; ties by number. An item that crosses a cut belongs to the band it began in. O(items log items).
 */
export function popularityBands(counts: ArrayLike<number>): Uint8Array {
  const order = Int32Array.from({ length: counts.length }, (_, item) => item);
  order.sort((a, b) => counts[b] - counts[a] || a - b);
  let total = 0;
  for (let item = 0; item < counts.length; item++) total += counts[item];
  const bands = new Uint8Array(counts.length);
  let before = 0;
  for (const item of order) {
    bands[item] = before * 3 < total ? 0 : before * 3 < 2 * total ? 1 : 2;
    before += counts[item];
  }
  return bands;
}
