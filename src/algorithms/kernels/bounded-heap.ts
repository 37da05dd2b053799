/** The best entries seen so far, the worst of them first; `items.length` is the capacity. */
export interface BoundedHeap {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** Offers an entry to a heap of `size` entries, which keeps the best by score, ties by smaller item. Returns its new size. O(log capacity). */
export function offerToHeap(heap: BoundedHeap, size: number, item: number, score: number): number {
  const { items, scores } = heap;
  if (size === items.length) {
    if (size > 0 && isBelow(items[0], scores[0], item, score)) sink(heap, size, item, score);
    return size;
  }
  let at = size;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBelow(item, score, items[parent], scores[parent])) break;
    items[at] = items[parent];
    scores[at] = scores[parent];
    at = parent;
  }
  items[at] = item;
  scores[at] = score;
  return size + 1;
}

/** Turns the first `size` entries of a heap into a list with the best first. O(size log size). */
export function sortHeap(heap: BoundedHeap, size: number): void {
  const { items, scores } = heap;
  for (let last = size - 1; last > 0; last--) {
    const item = items[last];
    const score = scores[last];
    items[last] = items[0];
    scores[last] = scores[0];
    sink(heap, last, item, score);
  }
}

function isBelow(itemA: number, scoreA: number, itemB: number, scoreB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && itemA > itemB);
}

function sink(heap: BoundedHeap, size: number, item: number, score: number): void {
  const { items, scores } = heap;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && isBelow(items[child + 1], scores[child + 1], items[child], scores[child])) child++;
    if (!isBelow(items[child], scores[child], item, score)) break;
    items[at] = items[child];
    scores[at] = scores[child];
    at = child;
  }
  items[at] = item;
  scores[at] = score;
}
