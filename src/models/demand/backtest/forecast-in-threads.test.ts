import { expect, it } from "vitest";
import { forecastPanel } from "../../../algorithms/forecasting/global/forecast-panel.ts";
import { createRng } from "../../../core/rng.ts";
import { forecastInThreads } from "./forecast-in-threads.ts";

it("gives the same bytes with none, two and three threads", { timeout: 240_000 }, async () => {
  const rng = createRng(2);
  const series = Array.from({ length: 60 }, (_, index) => ({
    values: Float64Array.from({ length: 60 + (index % 7) }, (_, t) =>
      index % 3 === 0 ? 20 + 5 * Math.sin(t) + 4 * rng.next() : rng.next() < 0.3 ? rng.nextInt(9) : 0,
    ),
    period: 7,
    horizon: 5,
  }));
  const alone = forecastPanel(series, { seed: 3 });
  for (const threads of [2, 3]) {
    const outcome = await forecastInThreads(series, { seed: 3, threads, seriesPerTask: 20, minSharedValues: 0 });
    expect(outcome).toEqual(alone);
  }
});
