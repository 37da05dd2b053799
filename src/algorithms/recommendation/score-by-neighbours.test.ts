import { describe, expect, it } from "vitest";
import type { ItemNeighbours } from "./item-neighbours.ts";
import { createNeighbourScorer } from "./score-by-neighbours.ts";

// Neighbours of 0: 2 (0.5, 7 baskets) and 3 (0.25, 4); of 1: 2 (0.25, 3) and 0 (1, 9); of 2 and 3: none.
const neighbours: ItemNeighbours = {
  itemCount: 4,
  rowPtr: Int32Array.of(0, 2, 4, 4, 4),
  neighbour: Int32Array.of(2, 3, 0, 2),
  score: Float32Array.of(0.5, 0.25, 1, 0.25),
  support: Int32Array.of(7, 4, 9, 3),
};

describe("createNeighbourScorer", () => {
  it("sums similarities, leaves out what was given and says which item spoke loudest", () => {
    const scored = createNeighbourScorer(neighbours)({ given: [1, 0], n: 10 });
    expect([...scored.items]).toEqual([2, 3]);
    expect([...scored.scores]).toEqual([0.75, 0.25]);
    expect([...scored.because]).toEqual([0, 0]);
    expect([...scored.becauseSupport]).toEqual([7, 4]);
  });

  it("weighs given items", () => {
    const scored = createNeighbourScorer(neighbours)({ given: [0, 1], weights: [0.1, 1], n: 1 });
    expect([...scored.items]).toEqual([2]);
    expect(scored.scores[0]).toBeCloseTo(0.3, 12);
    expect([...scored.because]).toEqual([1]);
  });

  it("leaves out what is excluded", () => {
    expect([...createNeighbourScorer(neighbours)({ given: [0], excluded: [2], n: 10 }).items]).toEqual([3]);
  });

  it("keeps nothing between calls", () => {
    const score = createNeighbourScorer(neighbours);
    const first = score({ given: [0], n: 10 });
    score({ given: [1], excluded: [2], n: 10 });
    expect(score({ given: [0], n: 10 })).toEqual(first);
    expect(score({ given: [], n: 10 }).items.length).toBe(0);
  });
});
