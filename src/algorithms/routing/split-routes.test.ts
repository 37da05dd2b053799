import { expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { splitRoutes } from "./split-routes.ts";
import type { UniformFleet } from "./uniform-fleet.ts";

it("cuts whole routes into neighbourhoods of equal size", () => {
  const legs = Float64Array.from({ length: 13 * 13 }, (_, k) => Math.abs((k % 13) - Math.floor(k / 13)));
  const open = new Float64Array(13);
  const fleet: UniformFleet = {
    nTasks: 12,
    nRoutes: 6,
    depot: 12,
    stride: 13,
    cost: legs,
    costBack: legs,
    time: legs,
    timeBack: legs,
    isTimed: false,
    isMetric: true,
    opens: open,
    closes: open,
    service: open,
    demand: open,
    capacity: 2,
    fixedCost: 0,
    worth: open,
  };
  const partOf = new Int32Array(12);
  const cuts = new Set<string>();
  // Tasks 6 and 7 are on no route. Whichever task the cut is drawn from, the line falls into its halves or nearly so.
  for (let seed = 0; seed < 20; seed++) {
    splitRoutes(fleet, createRng(seed), [[0, 1], [4, 5], [2, 3], [10, 11], [8, 9], []], 2, partOf);
    cuts.add([...partOf].join(""));
    for (const [a, b] of [
      [0, 1],
      [4, 5],
      [2, 3],
      [10, 11],
      [8, 9],
    ] as const)
      expect(partOf[a]).toBe(partOf[b]);
    expect(partOf.filter((part) => part === 0).length).toBeGreaterThan(4);
    expect(partOf.filter((part) => part === 1).length).toBeGreaterThan(4);
  }
  expect(cuts.size).toBeGreaterThan(1);
});
