import { expect, it } from "vitest";
import { addDays } from "../../core/dates.ts";
import { LAST_DAY, openShop, type Sale } from "../testing/small-shop.ts";
import { readDemandSeries } from "./demand-series.ts";
import { fillStockOuts } from "./fill-stock-outs.ts";
import { fillWeeks } from "./fill-weeks.ts";
import { forecastDemand } from "./forecast-demand.ts";

it("takes days in stock for the whole week, and the level before it for a week without any", () => {
  // 6 sold in 3 days of 7 is 14 a week; one day of seven says nothing.
  const filled = fillWeeks(Float64Array.of(10, 6, 0, 1, 20), Uint8Array.of(0, 4, 7, 6, 0));
  expect([...filled].map((value) => Math.round(value * 100) / 100)).toEqual([10, 14, 10.8, 10.8, 20]);
  // What was sold stands where nothing is known before it, and where it is more than the level.
  expect([...fillWeeks(Float64Array.of(1, 3), Uint8Array.of(7, 0))]).toEqual([1, 3]);
  expect([...fillWeeks(Float64Array.of(2, 9), Uint8Array.of(0, 6))]).toEqual([2, 9]);
});

it("reads days without stock from snapshots: a day counts where no place that serves the market holds any and nothing sold", async () => {
  const sales: Sale[] = [];
  for (let ago = 69; ago >= 0; ago--) {
    for (const market of ["GB", "FR"]) {
      // Nothing to sell in Britain in the last three weeks.
      if (market === "GB" && ago < 21) continue;
      const on = addDays(LAST_DAY, -ago);
      sales.push({ order: `${market}${ago}`, product: "p", customer: null, market, on, quantity: 2 });
    }
  }
  const { session, close } = await openShop(sales);
  const add = (hub: string, market: string, ago: number, onHand: number): Promise<unknown> =>
    session.run(`INSERT INTO fct_inventory_snapshot
      VALUES ('shop', 'p', '${hub}', ${market}, '${addDays(LAST_DAY, -ago)}', ${onHand})`);
  const plain = await readDemandSeries(session, LAST_DAY, "week");
  expect(await fillStockOuts(plain, session, LAST_DAY)).toEqual(plain);
  for (let ago = 20; ago >= 0; ago--) {
    await add("north", "'GB'", ago, 0);
    await add("south", "'FR'", ago, 5);
    // A hub for all markets held some on four days of the newest week.
    if (ago < 7) await add("all", "NULL", ago, ago < 4 ? 3 : 0);
  }
  // Empty at the end of a day on which it sold: in stock.
  await add("north", "'GB'", 30, 0);
  const filled = await fillStockOuts(plain, session, LAST_DAY);
  const find = (market: string) => filled.find((one) => one.product === "p" && one.market === market);
  expect([...(find("GB")?.daysOut ?? [])]).toEqual([0, 0, 0, 0, 0, 0, 0, 7, 7, 3]);
  expect([...(find("GB")?.observed ?? [])].slice(-3)).toEqual([0, 0, 0]);
  expect([...(find("GB")?.values ?? [])].slice(-4)).toEqual([14, 14, 14, 0]);
  expect(find("FR")?.daysOut).toBeUndefined();
  expect(find("")?.daysOut).toBeUndefined();
  const expected = forecastDemand({ unit: "week", values: find("GB")?.values ?? new Float64Array(1) }, 0.25).mean[0];
  const censored = forecastDemand({ unit: "week", values: find("GB")?.observed ?? new Float64Array(1) }, 0.25).mean[0];
  expect(expected).toBeCloseTo(10.5, 6);
  expect(censored).toBeLessThan(7);
  close();
});
