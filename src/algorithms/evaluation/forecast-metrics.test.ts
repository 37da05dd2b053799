import { describe, expect, it } from "vitest";
import { mase } from "./mase.ts";
import { pinballLoss } from "./pinball-loss.ts";
import { relativeBias } from "./relative-bias.ts";
import { rmsse } from "./rmsse.ts";
import { smape } from "./smape.ts";
import { wape } from "./wape.ts";

describe("forecast metrics", () => {
  it("smape of 100 against 50 is 200·50/150, and two zeros are no error", () => {
    expect(smape([100, 0], [50, 0])).toBeCloseTo((200 * 50) / 150 / 2, 12);
  });

  it("mase scales by the seasonal naive error of the history", () => {
    // History 1 5 3 9 with m = 2: |3−1| and |9−5|, mean 3. Errors 3 and 6, mean 4.5.
    expect(mase([1, 5, 3, 9], [10, 10], [7, 16], 2)).toBeCloseTo(1.5, 12);
    expect(mase([4, 4, 4], [4], [9], 1)).toBeUndefined();
    expect(mase([4], [4], [9], 1)).toBeUndefined();
  });

  it("rmsse scales by steps after the first sale", () => {
    // From the first sale: 2 4 0, squared steps 4 and 16, mean 10. Squared error 40.
    expect(rmsse([0, 0, 2, 4, 0], [Math.sqrt(40)], [0])).toBeCloseTo(2, 12);
    expect(rmsse([0, 0], [1], [1])).toBeUndefined();
    expect(rmsse([0, 3], [1], [1])).toBeUndefined();
  });

  it("wape and bias pool all pairs", () => {
    expect(wape([10, 0, 10], [5, 1, 14])).toBeCloseTo(0.5, 12);
    expect(relativeBias([10, 0, 10], [5, 1, 14])).toBe(0);
    expect(wape([0], [1])).toBeUndefined();
    expect(relativeBias([0], [1])).toBeUndefined();
  });

  it("pinball loss punishes a low 90 % quantile nine times as much as a high one", () => {
    expect(pinballLoss([10], [8], 0.9)).toBeCloseTo(1.8, 12);
    expect(pinballLoss([10], [12], 0.9)).toBeCloseTo(0.2, 12);
  });
});
