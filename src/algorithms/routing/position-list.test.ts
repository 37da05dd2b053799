import * as fc from "fast-check";
import { expect, it } from "vitest";
import { PositionList } from "./position-list.ts";

it("gives positions the cheapest first, and none that is not below the bound", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 }), fc.nat(25), (costs, most) => {
      const list = new PositionList(costs.length);
      costs.forEach((cost, node) => list.add(node, cost));
      const taken: number[] = [];
      const nodes = new Set<number>();
      for (let node = list.takeBelow(most); node >= 0; node = list.takeBelow(most)) {
        expect(list.cost).toBe(costs[node]);
        taken.push(list.cost);
        nodes.add(node);
      }
      expect(taken).toEqual(costs.filter((cost) => cost < most).sort((a, b) => a - b));
      expect(nodes.size).toBe(taken.length);
      list.clear();
      expect(list.takeBelow(Infinity)).toBe(-1);
    }),
  );
});
