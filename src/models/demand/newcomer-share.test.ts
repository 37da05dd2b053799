import { expect, it } from "vitest";
import type { DemandSeries } from "./demand-series.ts";
import { measureNewcomerShares } from "./newcomer-share.ts";

const WEEKS = 80;
const series = (product: string, market: string, weeks: readonly number[]): DemandSeries => ({
  store: "s",
  product,
  category: "",
  market,
  unit: "week",
  values: Float64Array.from(weeks),
});
const steady = (product: string, market: string): DemandSeries => series(product, market, Array(WEEKS).fill(1));
/** Sold for the first time so many weeks before the end, then each week. */
const since = (product: string, market: string, weeks: number): DemandSeries =>
  series(product, market, Array(weeks).fill(1));

it("tells markets of regulars from markets where each product is new", () => {
  const home = Array.from({ length: 40 }, (_, at) => steady(`h${at}`, "GB"));
  const abroad = [13, 26, 39].flatMap((weeks) =>
    Array.from({ length: 20 }, (_, at) => series(`a${weeks}${at}`, "FR", [13, ...Array(weeks - 1).fill(0)])),
  );
  const share = measureNewcomerShares([steady("", ""), ...home, ...abroad]);
  expect(share("s", "GB")).toBeLessThan(0.05);
  expect(share("s", "FR")).toBe(0.8);
  // What has no past is like the store; what is unknown has no newcomers.
  expect(share("s", "US")).toBeGreaterThan(0.1);
  expect(share("s", "US")).toBeLessThan(0.5);
  expect(share("t", "GB")).toBe(0);
});

it("trusts a market of few products little", () => {
  const home = Array.from({ length: 90 }, (_, at) => steady(`h${at}`, "GB"));
  const share = measureNewcomerShares([steady("", ""), ...home, since("a", "FR", 13)]);
  expect(share("s", "FR")).toBeGreaterThan(0.05);
  expect(share("s", "FR")).toBeLessThan(0.15);
});
