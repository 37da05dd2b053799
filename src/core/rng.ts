/** A seeded source of uniform numbers; everything random in the product takes one. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, bound). */
  nextInt(bound: number): number;
}

/**
 * xoshiro128** seeded through splitmix32: the same seed gives the same numbers on every machine.
 * Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021).
 */
export function createRng(seed: number): Rng {
  const state = new Uint32Array(4);
  let mix = seed >>> 0;
  for (let i = 0; i < 4; i++) {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    state[i] = (z ^ (z >>> 16)) >>> 0;
  }
  let [a, b, c, d] = state as unknown as [number, number, number, number];

  const nextUint32 = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };

  return {
    next: () => nextUint32() / 4294967296,
    nextInt: (bound) => Math.floor((nextUint32() / 4294967296) * bound),
  };
}

/** Puts a list into random order, all orders alike (Fisher and Yates). O(length). */
export function shuffle<T>(list: { readonly length: number; [at: number]: T }, rng: Rng): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = rng.nextInt(at + 1);
    const kept = list[at] as T;
    list[at] = list[other] as T;
    list[other] = kept;
  }
}
