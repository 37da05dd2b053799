import type { Entries } from "./candidate-pool.ts";

/** The lists of the keys asked for last; the one asked for longest ago goes first. */
export interface ListSlab {
  /** The list kept under the key, in views that hold until the next `keep`; undefined for none. */
  get(key: number): Entries | undefined;
  /** Keeps a copy of the list, cut to the slab's length, under a key that has none. */
  keep(key: number, list: Entries): void;
}

/** Lists that are allotted together. */
const CHUNK = 64;
const NONE = -1;

/**
 * Holds at most `capacity` lists of at most `length` entries, 20 bytes each, side by side in a few arrays that grow with the lists:
 * arrays for each list would be promoted one by one and gone through by every full collection. O(1) to find and to forget.
 */
export function createListSlab(capacity: number, length: number): ListSlab {
  const slotOf = new Map<number, number>();
  const keyOf = new Int32Array(capacity);
  const sizes = new Int32Array(capacity);
  const ages = createAges(capacity);
  const chunks: ReturnType<typeof allotChunk>[] = [];

  return {
    get: (key) => {
      const slot = slotOf.get(key);
      if (slot === undefined) return undefined;
      ages.renew(slot);
      const { items, scores, because, support } = chunks[Math.floor(slot / CHUNK)] as (typeof chunks)[number];
      const from = (slot % CHUNK) * length;
      const to = from + (sizes[slot] as number);
      return {
        items: items.subarray(from, to),
        scores: scores.subarray(from, to),
        because: because.subarray(from, to),
        support: support.subarray(from, to),
      };
    },
    keep: (key, list) => {
      const isFull = slotOf.size === capacity;
      const slot = isFull ? ages.oldest() : slotOf.size;
      if (isFull) slotOf.delete(keyOf[slot] as number);
      slotOf.set(key, slot);
      keyOf[slot] = key;
      ages.renew(slot);
      const { items, scores, because, support } = (chunks[Math.floor(slot / CHUNK)] ??= allotChunk(CHUNK * length));
      const from = (slot % CHUNK) * length;
      const size = Math.min(length, list.items.length);
      sizes[slot] = size;
      for (let at = 0; at < size; at++) {
        items[from + at] = list.items[at] as number;
        scores[from + at] = list.scores[at] as number;
        because[from + at] = list.because?.[at] ?? NONE;
        support[from + at] = list.support?.[at] ?? 0;
      }
    },
  };
}

function allotChunk(entries: number) {
  return {
    items: new Int32Array(entries),
    scores: new Float64Array(entries),
    because: new Int32Array(entries),
    support: new Int32Array(entries),
  };
}

/** The order in which slots were used last: a ring of links through a head of its own, whose younger neighbour is the oldest slot. */
function createAges(slots: number) {
  const head = slots;
  const younger = new Int32Array(slots + 1).fill(NONE);
  const older = new Int32Array(slots + 1).fill(NONE);
  younger[head] = head;
  older[head] = head;
  const link = (from: number, to: number): void => {
    younger[from] = to;
    older[to] = from;
  };
  return {
    oldest: (): number => younger[head] as number,
    renew: (slot: number): void => {
      if (younger[slot] !== NONE) link(older[slot] as number, younger[slot] as number);
      link(older[head] as number, slot);
      link(slot, head);
    },
  };
}
