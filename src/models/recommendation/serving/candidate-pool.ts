/** Candidates of one answer at most: what re-ranking looks at. */
export const POOL_CAPACITY = 512;

/** Candidates in the order they came, each once, as parallel arrays of which the first `size` entries hold. */
export interface CandidatePool {
  /** By item: not 0 can no longer come in, by a filter or since it is in already. */
  readonly barred: Uint8Array;
  readonly items: Int32Array;
  readonly scores: Float64Array;
  /** Number of the tier it came from. */
  readonly tiers: Uint8Array;
  /** The item that spoke loudest for it, −1 for none, and the evidence for that. */
  readonly because: Int32Array;
  readonly support: Int32Array;
  readonly size: number;
  /** Takes an item unless it is barred or the pool is full; bars it from then on. */
  add(item: number, score: number, tier: number, because: number, support: number): void;
  /** Empties it; `barred` starts as a copy of the mask. */
  reset(barred: Uint8Array): void;
}

/** One pool serves one answer after the other; nothing is allocated for an answer. */
export function createCandidatePool(itemCount: number): CandidatePool {
  const barred = new Uint8Array(itemCount);
  const items = new Int32Array(POOL_CAPACITY);
  const scores = new Float64Array(POOL_CAPACITY);
  const tiers = new Uint8Array(POOL_CAPACITY);
  const because = new Int32Array(POOL_CAPACITY);
  const support = new Int32Array(POOL_CAPACITY);
  let size = 0;
  return {
    barred,
    items,
    scores,
    tiers,
    because,
    support,
    get size() {
      return size;
    },
    add: (item, score, tier, loudest, evidence) => {
      if (barred[item] !== 0 || size === POOL_CAPACITY) return;
      barred[item] = IN_POOL;
      items[size] = item;
      scores[size] = score;
      tiers[size] = tier;
      because[size] = loudest;
      support[size] = evidence;
      size++;
    },
    reset: (mask) => {
      barred.set(mask);
      size = 0;
    },
  };
}

/** No bit of a filter: filters use the lower ones. */
const IN_POOL = 128;
