import { describe, expect, it } from "vitest";
import { findShortestOrder } from "./shortest-order.ts";
import type { UniformFleet } from "./uniform-fleet.ts";

/** Three stops and the depot (last) at 0 on a line: at 1, 2 and 3. */
function createLine(opens: number[], closes: number[]): UniformFleet {
  const at = [1, 2, 3, 0];
  const legs = Float64Array.from(at.flatMap((a) => at.map((b) => Math.abs(a - b))));
  return {
    nTasks: 3,
    nRoutes: 1,
    depot: 3,
    stride: 4,
    cost: legs,
    costBack: legs,
    time: legs,
    timeBack: legs,
    isTimed: true,
    isMetric: true,
    opens: Float64Array.from([...opens, 0]),
    closes: Float64Array.from([...closes, 100]),
    service: new Float64Array(4),
    demand: new Float64Array(3),
    capacity: 1,
    fixedCost: 0,
    worth: new Float64Array(3),
  };
}

describe("findShortestOrder", () => {
  it("shortens a route to the optimum", () => {
    const fleet = createLine([0, 0, 0], [100, 100, 100]);
    const { order, saved } = findShortestOrder(fleet, Int32Array.of(1, 0, 2));
    expect([...order]).toEqual([1, 2, 0]);
    expect(saved).toBe(2);
  });

  it("keeps windows: the stop at 1 opens at 3 only, when that at 2 has been served", () => {
    const fleet = createLine([3, 0, 0], [3, 2, 100]);
    const { order, saved } = findShortestOrder(fleet, Int32Array.of(1, 0, 2));
    expect([...order]).toEqual([1, 0, 2]);
    expect(saved).toBe(0);
  });
});
