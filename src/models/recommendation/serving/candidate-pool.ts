/** Candidates of one answer at most: what re-ranking looks at. */
export const POOL_CAPACITY = 512;

/** Items best first, as parallel columns. */
export interface Entries {
  readonly items: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  /** Missing: nothing spoke for them. */
  readonly because?: ArrayLike<number> | undefined;
  readonly support?: ArrayLike<number> | undefined;
}

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
  /** How much each is wanted, once they are weighed. */
  readonly relevance: Float64Array;
  readonly size: number;
  /** Takes an item unless it is barred or the pool is full; bars it from then on. */
  add(item: number, score: number, tier: number, because: number, support: number): void;
  /** Takes entries in turn, as `add` does, until `want` of them are in. */
  addEntries(entries: Entries, want: number, tier: number): void;
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
  const relevance = new Float64Array(POOL_CAPACITY);
  let size = 0;
  const add: CandidatePool["add"] = (item, score, tier, loudest, evidence) => {
    if (barred[item] !== 0 || size === POOL_CAPACITY) return;
    barred[item] = IN_POOL;
    items[size] = item;
    scores[size] = score;
    tiers[size] = tier;
    because[size] = loudest;
    support[size] = evidence;
    size++;
  };
  return {
    barred,
    items,
    scores,
    tiers,
    because,
    support,
    relevance,
    get size() {
      return size;
    },
    add,
    addEntries: (entries, want, tier) => {
      const end = size + want;
      const { items: listed, scores: given, because: speakers, support: proofs } = entries;
      for (let at = 0; at < listed.length; at++) {
        if (size === end) return;
        add(listed[at] as number, given[at] as number, tier, speakers?.[at] ?? -1, proofs?.[at] ?? 0);
      }
    },
    reset: (mask) => {
      barred.set(mask);
      size = 0;
    },
  };
}

/** No bit of a filter: filters use the lower ones. */
const IN_POOL = 128;
