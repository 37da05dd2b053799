import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arriveAfter, coverBetween, createTrafficDay, leaveBefore } from "./traffic.ts";

/** From 1,000 to 2,000 of a day of 10,000 a leg takes twice as long, from 2,000 to 3,000 half as long. */
const day = createTrafficDay([0, 1000, 2000, 3000], [1, 2, 0.5, 1], 10_000, 1);
/** A leg of so long at factor 1, as progress. */
const leg = (time: number): number => time * day.scale;
const anyDay = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 6 }).chain((begins) =>
  fc
    .array(fc.double({ min: 0.1, max: 10, noNaN: true }), {
      minLength: begins.length + 1,
      maxLength: begins.length + 1,
    })
    .map((factors) => createTrafficDay([0, ...begins.sort((a, b) => a - b)], factors, 1000, 1)),
);

describe("traffic", () => {
  it("makes a leg of what each period allows", () => {
    expect(arriveAfter(day, 0, leg(400))).toBe(400);
    expect(arriveAfter(day, 800, leg(400))).toBe(1400);
    expect(arriveAfter(day, 1000, leg(400))).toBe(1800);
    expect(arriveAfter(day, 1800, leg(400))).toBe(2150);
    expect(arriveAfter(day, 2900, leg(400))).toBe(3200);
    expect(arriveAfter(day, 9800, leg(1400))).toBe(11_400);
    expect(coverBetween(day, 800, 1400)).toBeCloseTo(leg(400));
    expect(leaveBefore(day, 11_400, leg(1400))).toBe(9800);
  });

  it("is plain addition where all factors are alike, and without a day", () => {
    const plain = createTrafficDay([0, 300], [1, 1], 1000, 1);
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), (time, travel) => {
        for (const one of [plain, undefined]) {
          expect(arriveAfter(one, time, travel)).toBe(time + travel);
          expect(leaveBefore(one, time + travel, travel)).toBe(time);
          expect(coverBetween(one, time, time + travel)).toBe(travel);
        }
      }),
    );
  });

  it("lets nobody arrive earlier who leaves later, and goes back as it went", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(5000), fc.nat(500), fc.nat(3000), (any, time, wait, travel) => {
        const arrival = arriveAfter(any, time, travel);
        expect(arriveAfter(any, time + wait, travel)).toBeGreaterThanOrEqual(arrival);
        expect(coverBetween(any, time, arrival)).toBeGreaterThan(travel - 1e-2);
        const latest = leaveBefore(any, arrival, travel);
        expect(latest).toBeGreaterThanOrEqual(time);
        expect(arriveAfter(any, latest, travel)).toBe(arrival);
        expect(coverBetween(any, latest + 1, arrival)).toBeLessThan(travel + 1e-2);
      }),
    );
  });

  it("covers as much in parts as in one", () => {
    fc.assert(
      fc.property(anyDay, fc.nat(5000), fc.nat(3000), fc.nat(3000), (any, from, first, second) => {
        const whole = coverBetween(any, from, from + first + second);
        const parts = coverBetween(any, from, from + first) + coverBetween(any, from + first, from + first + second);
        expect(parts).toBeCloseTo(whole, 6);
      }),
    );
  });
});
