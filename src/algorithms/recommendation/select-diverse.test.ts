import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ItemNeighbours } from "./item-neighbours.ts";
import { createDiverseSelector, type DiverseRequest } from "./select-diverse.ts";

const ITEMS = 8;

/** Rows of a full matrix as neighbours, best first; 0 is none. */
function toNeighbours(matrix: readonly (readonly number[])[]): ItemNeighbours {
  const rows = matrix.map((row, item) =>
    row
      .map((score, other) => ({ score, other }))
      .filter(({ score, other }) => score > 0 && other !== item)
      .sort((a, b) => b.score - a.score || a.other - b.other),
  );
  const flat = rows.flat();
  let end = 0;
  return {
    itemCount: ITEMS,
    rowPtr: Int32Array.from([0, ...rows.map((row) => (end += row.length))]),
    neighbour: Int32Array.from(flat, ({ other }) => other),
    score: Float32Array.from(flat, ({ score }) => score),
    support: new Int32Array(flat.length),
  };
}

/** The definition, computed anew for every pick. */
function pickByDefinition(
  request: DiverseRequest,
  { rowPtr, neighbour, score }: ItemNeighbours,
  category: Int32Array,
): number[] {
  const { items, relevance, size, n, diversity, maxPerCategory, shown } = request;
  const likeness = (to: number, of: number): number => {
    const row = [...neighbour.subarray(rowPtr[to], rowPtr[to + 1])];
    const place = row.indexOf(of);
    return place < 0 ? 0 : score[rowPtr[to] + place] / score[rowPtr[to]];
  };
  const picks: number[] = [];
  while (picks.length < n) {
    const taken = [...Array.from(shown), ...picks.map((at) => items[at])];
    const open = Array.from({ length: size }, (_, at) => at).filter((at) => {
      const own = category[items[at]];
      const isFull = own >= 0 && taken.filter((item) => category[item] === own).length >= maxPerCategory;
      return !picks.includes(at) && !isFull;
    });
    if (open.length === 0) break;
    const worth = (at: number): number =>
      (1 - diversity) * relevance[at] -
      diversity * Math.max(0, ...picks.map((pick) => likeness(items[pick], items[at])));
    picks.push(open.reduce((best, at) => (worth(at) > worth(best) ? at : best)));
  }
  return picks;
}

describe("createDiverseSelector", () => {
  it("picks what the definition picks, one answer after the other", () => {
    const scores = fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: ITEMS, maxLength: ITEMS }), {
      minLength: ITEMS,
      maxLength: ITEMS,
    });
    const request = fc.record({
      order: fc.shuffledSubarray([...Array(ITEMS).keys()], { minLength: 1 }),
      relevance: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: ITEMS, maxLength: ITEMS }),
      n: fc.integer({ min: 0, max: ITEMS }),
      diversity: fc.constantFrom(0, 0.25, 0.5, 1),
      maxPerCategory: fc.constantFrom(1, 2, Infinity),
      shown: fc.constantFrom([], [0]),
    });
    const categories = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: ITEMS, maxLength: ITEMS });
    fc.assert(
      fc.property(scores, categories, fc.array(request, { minLength: 1, maxLength: 3 }), (matrix, labels, asked) => {
        const neighbours = toNeighbours(matrix);
        const category = Int32Array.from(labels);
        const select = createDiverseSelector(neighbours, category);
        for (const { order, relevance, ...rest } of asked) {
          const input = {
            ...rest,
            items: Int32Array.from(order),
            relevance: Float64Array.from(relevance, (value) => value / 8),
            size: order.length,
          };
          expect([...select(input)]).toEqual(pickByDefinition(input, neighbours, category));
        }
      }),
      { numRuns: 300 },
    );
  });
});
