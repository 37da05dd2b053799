import { describe, expect, it } from "vitest";
import { createRng } from "../../core/rng.ts";
import { forecastDemand } from "../demand/forecast-demand.ts";
import { expectBy } from "./calibrate-stock.ts";

describe("what levels are learned with", () => {
  it("expects to the last bit what the release forecasts of the same weeks", () => {
    const rng = createRng(2);
    for (let weeks = 0; weeks < 60; weeks++) {
      const values = Float64Array.from({ length: weeks }, () => Math.floor(30 * rng.next()) - 4);
      const forecast = forecastDemand({ unit: "week", values }, 0.2).mean[0];
      expect(expectBy(0.2)(values)).toBe(forecast);
    }
  });
});
