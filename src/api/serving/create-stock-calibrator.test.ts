import { afterAll, describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { inlineCalibrator, joinHistories, type RulesTask } from "../../models/inventory/calibrate-stock.ts";
import { createStockCalibrator } from "./create-stock-calibrator.ts";

const calibrator = createStockCalibrator();
afterAll(() => calibrator.close());

function shop(products: number): RulesTask {
  const rng = createRng(11);
  const histories = Array.from({ length: products }, () =>
    Float64Array.from({ length: 52 }, () => Math.floor(20 * rng.next())),
  );
  const target = { kind: "fill", share: 0.9 } as const;
  const terms = { leadTimeSteps: 2, leadTimeDeviationSteps: 0, reviewSteps: 1, target };
  return { ...joinHistories(histories), alpha: 0.2, terms, reviews: 2 };
}

describe("calibration of stock in a thread", () => {
  it("finds what the same thread would find, while other work goes on", async () => {
    const task = shop(60);
    let turns = 0;
    const timer = setInterval(() => turns++, 2);
    const found = await calibrator.walkRules(task);
    clearInterval(timer);
    expect(found).toEqual(await inlineCalibrator.walkRules(task));
    expect(await calibrator.fitDemand(task)).toEqual(await inlineCalibrator.fitDemand(task));
    // On this thread none would have come.
    expect(turns).toBeGreaterThan(3);
  });

  it("finds the same for the few products that are done at once", async () => {
    const task = shop(10);
    expect(await calibrator.walkRules(task)).toEqual(await inlineCalibrator.walkRules(task));
    expect(await calibrator.fitDemand(task)).toBeUndefined();
  });

  it("says what is wrong with a task", async () => {
    const task = shop(60);
    const wrong = { ...task, terms: { ...task.terms, leadTimeSteps: -1 } };
    await expect(calibrator.walkRules(wrong)).rejects.toThrow(/leadTimeSteps/);
  });
});
