import { expect, it } from "vitest";
import { estimateSeason } from "./estimate-season.ts";

it("finds the season of a line plus a pattern, for odd and even periods", () => {
  for (const pattern of [
    [2, -1, -1],
    [3, -1, -3, 1],
  ]) {
    const series = Float64Array.from(
      { length: 5 * pattern.length },
      (_, t) => 10 + 2 * t + pattern[t % pattern.length],
    );
    const season = estimateSeason(series, pattern.length);
    pattern.forEach((value, phase) => expect(season[phase]).toBeCloseTo(value, 9));
  }
});
