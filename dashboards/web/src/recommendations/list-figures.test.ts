import { describe, expect, it } from "vitest";
import { listFigures } from "./list-figures.ts";

describe("listFigures", () => {
  it("names ranking, coverage and tail, each beside the baseline, and markets of enough shoppers, largest first", () => {
    const metrics = {
      "recallAt20.DE": 0.1,
      "queries.DE": 28,
      "recallAt20.GB": 0.2,
      "queries.GB": 1139,
      "recallAt20.CY": 0,
      "queries.CY": 1,
      "recallAt20.tail": 0.06,
      noveltyAt20: 4.4,
      recallAt20: 0.12,
      recallAt10: 0.08,
    };
    expect(listFigures(metrics, { recallAt20: 0.09 })).toEqual([
      { metric: "recallAt20", label: "rec.fig.recall", value: 0.12, baseline: 0.09 },
      { metric: "recallAt20.tail", label: "rec.fig.tail", value: 0.06, baseline: undefined },
      { metric: "recallAt20.GB", label: "rec.fig.market", market: "GB", value: 0.2, baseline: undefined },
      { metric: "recallAt20.DE", label: "rec.fig.market", market: "DE", value: 0.1, baseline: undefined },
    ]);
  });

  it("names how well visits are continued", () => {
    const metrics = {
      sessions: 900,
      cases: 90,
      nextClickMrrAt20: 0.3,
      nextClickHitRateAt20: 0.6,
      nextClickMrrGain: 0.2,
    };
    expect(listFigures(metrics, { nextClickMrrAt20: 0.1 })).toEqual([
      { metric: "nextClickHitRateAt20", label: "rec.fig.sessionHitRate", value: 0.6, baseline: undefined },
      { metric: "nextClickMrrAt20", label: "rec.fig.sessionMrr", value: 0.3, baseline: 0.1 },
    ]);
  });

  it("is empty for a model of another kind", () => {
    expect(listFigures({ weekCoverage80: 0.8, weekWape: 0.4 }, {})).toEqual([]);
  });
});
