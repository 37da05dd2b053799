import { describe, expect, test } from "vitest";
import { createRng } from "../../core/rng.ts";
import { exploreList, type ExplorationRequest } from "./explore-list.ts";

/** How often each candidate is shown over many seeds, and the propensity logged when it was. */
function tally(request: ExplorationRequest, rounds: number) {
  const seen = new Map<number, { count: number; propensity: number }>();
  for (let seed = 0; seed < rounds; seed++) {
    const { shown, propensities } = exploreList(request, createRng(seed));
    expect(new Set(shown).size).toBe(shown.length);
    shown.forEach((candidate, place) => {
      const known = seen.get(candidate);
      // What is logged for a candidate does not depend on luck.
      expect(propensities[place]).toBeCloseTo(known?.propensity ?? propensities[place], 12);
      seen.set(candidate, { count: (known?.count ?? 0) + 1, propensity: propensities[place] });
    });
  }
  return seen;
}

describe("a list with exploration", () => {
  test("by hand: two places, three others, ε = 0.3", () => {
    const seen = tally({ greedy: [0, 1], others: [2, 3, 4], share: 0.3 }, 2000);
    // Place 1 has the arms 0, 2 and 4, place 2 the arms 1 and 3.
    const propensities = Object.fromEntries([...seen].map(([candidate, { propensity }]) => [candidate, propensity]));
    expect(propensities[0]).toBeCloseTo(0.8, 12);
    expect(propensities[2]).toBeCloseTo(0.1, 12);
    expect(propensities[4]).toBeCloseTo(0.1, 12);
    expect(propensities[1]).toBeCloseTo(0.85, 12);
    expect(propensities[3]).toBeCloseTo(0.15, 12);
  });

  test.each([
    ["ε-greedy", undefined],
    [
      "Thompson",
      (candidate: number) => Array.from({ length: 8 }, (_, at) => ((candidate * 7 + at * at * 3) % 11) / 11),
    ],
  ])(
    "%s: each candidate is shown as often as its propensity says, and all of them add up to the places",
    (_, beliefs) => {
      const rounds = 4000;
      const seen = tally({ greedy: [0, 1, 2], others: [3, 4, 5, 6, 7, 8, 9], share: 0.5, beliefsOf: beliefs }, rounds);
      let total = 0;
      for (const { count, propensity } of seen.values()) {
        total += propensity;
        const spread = Math.sqrt((propensity * (1 - propensity)) / rounds);
        expect(Math.abs(count / rounds - propensity)).toBeLessThan(4.5 * spread + 1e-9);
      }
      expect(total).toBeCloseTo(3, 9);
    },
  );

  test("Thompson sampling gives most places to what is believed to be best", () => {
    const beliefsOf = (candidate: number) => (candidate === 5 ? [0.8, 0.9] : [0.1, 0.2]);
    const seen = tally({ greedy: [0], others: [4, 5], share: 1, beliefsOf }, 50);
    expect([...seen]).toEqual([[5, { count: 50, propensity: 1 }]]);
  });

  test("groups keep their number of places", () => {
    const groupOf = (candidate: number) => candidate % 2;
    for (let seed = 0; seed < 100; seed++) {
      const { shown } = exploreList({ greedy: [0, 2, 1], others: [3, 4, 5, 6, 8], share: 1, groupOf }, createRng(seed));
      expect([...shown].filter((candidate) => groupOf(candidate) === 1)).toHaveLength(1);
    }
  });

  test("nothing to explore is shown for sure; a seed gives its list again; a share above 1 is refused", () => {
    expect(exploreList({ greedy: [7, 8], others: [], share: 0.5 }, createRng(1))).toEqual({
      shown: Int32Array.of(7, 8),
      propensities: Float64Array.of(1, 1),
    });
    const once = () => exploreList({ greedy: [0, 1], others: [2, 3, 4, 5], share: 0.9 }, createRng(11));
    expect(once()).toEqual(once());
    expect(() => exploreList({ greedy: [0], others: [1], share: 1.5 }, createRng(1))).toThrow(/share is 1.5/);
  });
});
