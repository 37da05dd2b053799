import { describe, expect, it } from "vitest";
import { measureTrend } from "./measure-trend.ts";

const open = (count: number) => new Uint8Array(count).fill(1);

describe("the trend of items", () => {
  it("is the standardised log share of late buyers", () => {
    // log(12/22), log(2/22), log(7/22)
    const trend = measureTrend([10, 0, 5], [20, 20, 20], open(3));
    const logs = [12, 2, 7].map((late) => Math.log(late / 22));
    const mean = logs.reduce((sum, value) => sum + value, 0) / 3;
    const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
    logs.forEach((value, item) => expect(trend[item]).toBeCloseTo((value - mean) / deviation, 5));
  });

  it("puts an item of last week above an old one sold as often of late", () => {
    const [young = 0, old = 0] = measureTrend([8, 8, 1], [8, 80, 40], open(3));
    expect(young).toBeGreaterThan(old);
  });

  it("leaves closed items out of everything", () => {
    const trend = measureTrend([10, 0, 5, 900], [20, 20, 20, 900], Uint8Array.from([1, 1, 1, 0]));
    expect([...trend]).toEqual([...measureTrend([10, 0, 5], [20, 20, 20], open(3)), 0]);
  });

  it("is flat where all items are alike, and where none is open", () => {
    expect([...measureTrend([3, 3, 3], [7, 7, 7], open(3))]).toEqual([0, 0, 0]);
    expect([...measureTrend([3, 3], [7, 7], new Uint8Array(2))]).toEqual([0, 0]);
  });

  it("refuses counts that are no numbers", () => {
    expect(() => measureTrend([Number.NaN], [1], open(1))).toThrow("recent");
    expect(() => measureTrend([0], [-1], open(1))).toThrow("ever");
  });
});
