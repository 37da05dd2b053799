import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../core/paths.ts";
import { smape } from "../evaluation/smape.ts";
import { CLOSED_FORM_METHODS } from "./closed-form-methods.ts";
import { readCompetitionSeries } from "./testing/read-series.ts";

describe.each(["m3_monthly", "m3_quarterly", "m3_yearly", "m3_other"])("%s", (set) => {
  it("is as accurate as R's thetaf", (context) => {
    const file = join(packageRoot(), "..", "shared", "data", "forecast", "reference", "r_ets_theta.csv");
    const method = CLOSED_FORM_METHODS.find(({ name }) => name === "thetaDrift");
    if (method === undefined) throw new Error("thetaDrift is not registered");
    if (!existsSync(file)) {
      context.skip("the reference forecasts are not beside the repository");
      return;
    }
    const byId = new Map((readCompetitionSeries(`m3/${set}.csv`) ?? []).map((one) => [one.id, one]));
    let [ours, theirs, count] = [0, 0, 0];
    for (const line of readFileSync(file, "utf8").trim().split("\n")) {
      const [ofSet, id, name, , , forecast] = line.split(",");
      const one = id === undefined ? undefined : byId.get(id);
      if (ofSet !== set || name !== "thetaf" || one === undefined || forecast === undefined) continue;
      count++;
      theirs += smape(one.test, Float64Array.from(forecast.split(" "), Number));
      ours += smape(one.test, method.forecast(one.train, one.period, one.horizon));
    }
    expect(count).toBeGreaterThan(25);
    expect(Math.abs(ours / theirs - 1)).toBeLessThan(0.005);
  });
});
