import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { detectSeason, chooseFeaturedSeason } from "./detect-season.ts";
import type { PanelSeries } from "./panel-types.ts";

const rng = createRng(2);

function makePool(period: number, horizon: number, length: number, value: (t: number) => number): PanelSeries[] {
  return Array.from({ length: 5 }, () => ({
    values: Float64Array.from({ length }, (_, t) => value(t)),
    period,
    horizon,
  }));
}

const wave = (t: number, season: number): number => Math.sin((2 * Math.PI * t) / season);

describe("detectSeason", () => {
  it("finds the week in hours, and keeps the day where there is none", () => {
    const hours = (weekly: number): PanelSeries[] =>
      makePool(24, 48, 700, (t) => 50 + 9 * wave(t, 24) - weekly * Number(Math.floor(t / 24) % 7 > 4) + 3 * rng.next());
    expect(detectSeason(hours(20), 24)).toBe(168);
    expect(detectSeason(hours(0), 24)).toBe(24);
  });

  it("finds the fortnight of promotions in days, also of weeks without Sundays", () => {
    const days = (week: number, promotion: number): PanelSeries[] =>
      makePool(week, 28, 400, (t) => 50 + promotion * (Math.floor(t / week) % 2) + 5 * wave(t, week) + 3 * rng.next());
    expect(detectSeason(days(7, 30), 7)).toBe(14);
    expect(detectSeason(days(6, 30), 6)).toBe(12);
    expect(detectSeason(days(7, 0), 7)).toBe(7);
  });

  it("finds the year in weeks, the year in months and the week in days where the file names no period", () => {
    const unnamed = (season: number, length: number): PanelSeries[] =>
      makePool(1, 13, length, (t) => 100 + 0.1 * t + 25 * wave(t, season) + 5 * rng.next());
    expect(detectSeason(unnamed(52, 260), 1)).toBe(52);
    expect(detectSeason(unnamed(12, 120), 1)).toBe(12);
    expect(detectSeason(unnamed(7, 100), 1)).toBe(7);
  });

  it("names no season for random walks, nor for years too few to hold three of it", () => {
    const walk = (length: number): PanelSeries[] => {
      let level = 100;
      return makePool(1, 6, length, () => (level += rng.next() - 0.5));
    };
    expect(detectSeason(walk(300), 1)).toBe(1);
    expect(
      detectSeason(
        makePool(1, 6, 9, (t) => 10 + wave(t, 4)),
        1,
      ),
    ).toBe(1);
  });
});

it("chooseFeaturedSeason is the week of hours where most histories hold three, else the season", () => {
  const hours = (length: number): PanelSeries[] => makePool(24, 48, length, (t) => 50 + wave(t, 24));
  expect(chooseFeaturedSeason(hours(700), 24, 24)).toBe(168);
  expect(chooseFeaturedSeason(hours(500), 24, 24)).toBe(24);
  expect(
    chooseFeaturedSeason(
      makePool(12, 18, 900, (t) => 50 + wave(t, 12)),
      12,
      12,
    ),
  ).toBe(12);
  expect(
    chooseFeaturedSeason(
      makePool(1, 13, 900, (t) => 50 + wave(t, 52)),
      1,
      52,
    ),
  ).toBe(52);
});
