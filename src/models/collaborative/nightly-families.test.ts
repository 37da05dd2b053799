import { describe, expect, it } from "vitest";
import { estimateTrialSec } from "./estimate-trial.ts";
import { configForHalfLife, nightlyFamilies } from "./nightly-families.ts";

/** Customers with 20 items each; only the sizes matter. */
function shop(users: number, items: number) {
  const rowPtr = Int32Array.from({ length: users + 1 }, (_, row) => 20 * row);
  const colIdx = Int32Array.from({ length: 20 * users }, (_, at) => ((at % 20) * 7919 + at) % items);
  return { rowCount: users, colCount: items, rowPtr, colIdx, values: new Float32Array(20 * users).fill(1) };
}

const methodsOf = (users: number, items: number) =>
  nightlyFamilies(shop(users, items)).map(({ starts, maxTrials }) => `${starts[0]?.method ?? ""} ${maxTrials > 0}`);

describe("what a night searches", () => {
  it("is every family in a shop of ordinary size", () => {
    expect(methodsOf(3000, 3000)).toEqual([
      "sparse-ease true",
      "ease true",
      "item-knn true",
      "implicit-als true",
      "graph-filter true",
    ]);
  });

  it("leaves the dense regression to the sparse one in large catalogues", () => {
    const large = methodsOf(50_000, 10_000);
    expect(large).not.toContain("ease true");
    expect(large).toContain("sparse-ease true");
    expect(large).toContain("implicit-als true");
  });

  it("stays within its budget of trials, steps of the search included", () => {
    for (const [users, items] of [
      [1000, 500],
      [5000, 5000],
      [50_000, 10_000],
    ] as const) {
      const size = { users, items, pairs: 20 * users, squares: 400 * users };
      let seconds = 0;
      for (const family of nightlyFamilies(shop(users, items))) {
        const steps = family.starts.flatMap((config) => [config, ...family.neighbours(config)]);
        seconds += family.maxTrials * Math.max(...steps.map((config) => estimateTrialSec(config, size)));
      }
      expect(seconds).toBeLessThan(45);
    }
  });

  it("compares half-lives by the cheaper method in a large shop", () => {
    expect(configForHalfLife(shop(3000, 3000)).method).toBe("sparse-ease");
    expect(configForHalfLife(shop(50_000, 10_000)).method).toBe("item-knn");
  });
});
