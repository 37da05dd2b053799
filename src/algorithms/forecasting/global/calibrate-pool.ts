import { normalQuantile } from "../../normal-distribution.ts";
import { weightedConformalQuantile, type WeightedErrors, weighErrors } from "../weighted-conformal-quantile.ts";
import type { PanelForecast } from "./panel-types.ts";

/** A forecast from an earlier origin, what came, and the local scale of its history. */
export interface CalibrationCase {
  readonly mean: Float64Array;
  readonly actual: Float64Array;
  readonly scale: number;
  /** Windows between its own and the end of its history. */
  readonly window: number;
}

/** An error, the forecast it is of, both in units of the scale, and the steps ahead from 0. */
interface ScaledError {
  readonly error: number;
  readonly size: number;
  readonly step: number;
  readonly window: number;
  /** How much it counts, 1 in the newest window. */
  readonly weight: number;
}

/** Errors of one cell in units of the scale: how far below and above the forecast the bounds lie. */
interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Fitted intervals of a pool, plain data. */
export interface Calibration {
  readonly grid: Grid;
  /** Where one group of sizes ends and the next begins. */
  readonly cuts: readonly number[];
  /** Bounds a cell for series that may not, and may, fall below 0: of 95, 80 and 50 %. */
  readonly tables: { readonly nonNegative: readonly Bounds[][]; readonly any: readonly Bounds[][] };
  /** Middle error a cell. */
  readonly medians: readonly number[];
}

/** Fewer errors than this in a cell say nothing. */
const MIN_ERRORS = 150;
/** With fewer errors than this in all, those of a random walk stand in. */
const FEWEST_ERRORS = 8;
/** No cell is asked for less than this share of the level, or for a miss below this share of that of the level. */
const LEAST_LEVEL = 0.6;
const LEAST_MISS = 0.4;
/** What the intervals name, widest first. */
const LEVELS = [0.95, 0.8, 0.5] as const;
/**
 * Groups of the steps ahead and of the size of the forecast relative to the scale; weight of the errors of one window beside those of the
 * next newer, and whether the level asked is judged on newer windows than fitted. Errors of regular series grow with the steps,
 * those of rare demand with the size.
 */
const KINDS = {
  regular: { horizonGroups: 8, sizeGroups: 3, recency: 1, isWalked: false },
  intermittent: { horizonGroups: 4, sizeGroups: 5, recency: 0.5, isWalked: true },
} as const;

/** How errors are parted into cells: one for each group of steps, within it one for each group of sizes. */
interface Grid {
  readonly horizon: number;
  readonly horizonGroups: number;
  readonly sizeGroups: number;
}

/**
 * One-step errors of a random walk, in units of its mean absolute change: the normal distribution at 99 evenly spread
 * probabilities, √(π/2) wide.
 */
const RANDOM_WALK_ERRORS: readonly ScaledError[] = Array.from({ length: 99 }, (_, at) => ({
  error: Math.sqrt(Math.PI / 2) * normalQuantile((at + 0.5) / 99),
  size: 0,
  step: 0,
  window: 0,
  weight: 1,
}));

/**
 * Split-conformal intervals of a pool. Errors of earlier forecasts, divided by the local scale of their series, are kept by group of
 * steps ahead and by size of the forecast; the bounds of a new forecast are quantiles of its cell times its own scale.
 *
 * Asymmetric: each bound has its own quantile. Where the lower bound is cut off at 0 and misses less than its share, the upper one
 * takes up the rest, so that the two together cover what they name also on series of mostly zeros.
 * Histories too short for errors as far ahead as asked borrow the growth of a random walk's, those without any its size too.
 * On rare demand the errors of newer windows count more, and the level asked is the one at which each window was covered as named
 * by the errors of those before it: shops grow and have seasons, and what a window covers of itself is too much.
 * Fit O(n log n), answer O(horizon). Source: Lei et al. (2018), split conformal with normalised scores; Romano et al. (2019);
 * Barber et al. (2023) for the weights.
 */
export function calibratePool(
  cases: readonly CalibrationCase[],
  horizon: number,
  kind: keyof typeof KINDS,
): Calibration {
  const { recency, isWalked, sizeGroups } = KINDS[kind];
  // No more groups than steps: each has its own where the horizon is short.
  const grid = { horizon, horizonGroups: Math.min(KINDS[kind].horizonGroups, horizon), sizeGroups };
  const sizes = cases.flatMap(({ mean, scale }) => (scale > 0 ? [...mean].map((value) => value / scale) : []));
  sizes.sort((a, b) => a - b);
  const cuts = Array.from(
    { length: sizeGroups - 1 },
    (_, at) => sizes[Math.floor((sizes.length * (at + 1)) / sizeGroups)],
  );
  const cells: ScaledError[][] = Array.from({ length: grid.horizonGroups * sizeGroups }, () => []);
  for (const { mean, actual, scale, window } of cases) {
    if (!(scale > 0)) continue;
    for (let step = 0; step < actual.length; step++) {
      const size = mean[step] / scale;
      const cell = cellOf(grid, cuts, step, size);
      cells[cell].push({ error: (actual[step] - mean[step]) / scale, size, step, window, weight: recency ** window });
    }
  }
  const fitted = fitCells(cells, grid);
  const later = isWalked ? walkWindows(cells, grid) : [];
  const tables = (isNonNegative: boolean): Bounds[][] =>
    LEVELS.map((level) => {
      const judged = !isNonNegative ? [] : later.length > 0 ? later : [{ fitted, cells }];
      return findTable(fitted, judged, level, isNonNegative);
    });
  return {
    grid,
    cuts,
    tables: { nonNegative: tables(true), any: tables(false) },
    medians: fitted.sorted.map((errors) => weightedConformalQuantile(errors, 0.5)),
  };
}

/**
 * The errors for a group of steps ahead: all there are; where none are known as far ahead, they widen as those of a random walk
 * do, by the root of the steps.
 */
function errorsAt(
  group: number,
  known: readonly ScaledError[],
  { horizon, horizonGroups }: Grid,
): readonly ScaledError[] {
  const [first, end] = [(group * horizon) / horizonGroups, ((group + 1) * horizon) / horizonGroups];
  if (known.some(({ step }) => step >= first)) return known;
  const middle = (first + end) / 2;
  return known.map((one) => ({ ...one, error: one.error * Math.sqrt(Math.max(1, middle) / (one.step + 1)) }));
}

/** The intervals of one forecast. O(horizon). */
export function addIntervals(
  { grid, cuts, tables, medians }: Calibration,
  mean: Float64Array,
  scale: number,
  isNonNegative: boolean,
): PanelForecast {
  const [wide, narrow, half] = isNonNegative ? tables.nonNegative : tables.any;
  const add = (value: number, step: number, errorOf: (cell: number) => number): number => {
    const cell = cellOf(grid, cuts, step, scale > 0 ? value / scale : Number.NEGATIVE_INFINITY);
    const at = value + errorOf(cell) * scale;
    return isNonNegative ? Math.max(0, at) : at;
  };
  const bound = (table: readonly Bounds[], side: keyof Bounds): Float64Array =>
    mean.map((value, step) => add(value, step, (cell) => table[cell][side]));
  const [lower50, upper50] = [bound(half, "lower"), bound(half, "upper")];
  return {
    mean,
    lower95: bound(wide, "lower"),
    lower80: bound(narrow, "lower"),
    lower50,
    median: mean.map((value, step) => {
      const middle = add(value, step, (cell) => medians[cell]);
      return Math.min(upper50[step], Math.max(lower50[step], middle));
    }),
    upper50,
    upper80: bound(narrow, "upper"),
    upper95: bound(wide, "upper"),
  };
}

function cellOf(
  { horizon, horizonGroups, sizeGroups }: Grid,
  cuts: readonly number[],
  step: number,
  size: number,
): number {
  let group = 0;
  while (group < cuts.length && size >= cuts[group]) group++;
  return Math.floor((step * horizonGroups) / horizon) * sizeGroups + group;
}

/** Errors that make the bounds of each cell: its own; where it has few, those of all sizes at its steps, or all there are. */
interface FittedCells {
  readonly usable: readonly (readonly ScaledError[])[];
  readonly sorted: readonly WeightedErrors[];
}

function fitCells(cells: readonly (readonly ScaledError[])[], grid: Grid): FittedCells {
  const { horizonGroups, sizeGroups } = grid;
  const all = cells.flat();
  const known = all.length < FEWEST_ERRORS ? RANDOM_WALK_ERRORS : all;
  const anyAt = Array.from({ length: horizonGroups }, (_, group) => {
    const near = cells.slice(group * sizeGroups, (group + 1) * sizeGroups).flat();
    return near.length >= MIN_ERRORS ? near : errorsAt(group, known, grid);
  });
  const usable = cells.map((cell, at) => (cell.length >= MIN_ERRORS ? cell : anyAt[Math.floor(at / sizeGroups)]));
  return { usable, sorted: usable.map(weighErrors) };
}

/** Bounds fitted on some windows, and the errors they are judged on. */
interface Judgement {
  readonly fitted: FittedCells;
  readonly cells: readonly (readonly ScaledError[])[];
}

/** Each window but the oldest, and what is fitted on those before it; none where a side has too few errors. O(n log n). */
function walkWindows(cells: readonly (readonly ScaledError[])[], grid: Grid): Judgement[] {
  const only = (isKept: (one: ScaledError) => boolean): ScaledError[][] => cells.map((cell) => cell.filter(isKept));
  const countOf = (part: readonly (readonly ScaledError[])[]): number =>
    part.reduce((sum, cell) => sum + cell.length, 0);
  const judged: Judgement[] = [];
  for (let window = 0; ; window++) {
    const older = only((one) => one.window > window);
    const own = only((one) => one.window === window);
    if (countOf(older) < MIN_ERRORS) return judged;
    if (countOf(own) >= MIN_ERRORS) judged.push({ fitted: fitCells(older, grid), cells: own });
  }
}

/**
 * Bounds of all cells whose pooled coverage is the level. A cell of more zeros than the level covers too much whatever its bounds, and a
 * window of a growing shop is covered less by the errors of those before it: the level asked of each cell is found by bisection
 * so that what is judged covers what it should. Judged on what was fitted, a level is only lowered.
 */
function findTable(fitted: FittedCells, judged: readonly Judgement[], level: number, isNonNegative: boolean): Bounds[] {
  const boundsAt = (from: FittedCells, asked: number): Bounds[] =>
    from.usable.map((cell, at) => findBounds(cell, from.sorted[at], asked, isNonNegative));
  const coverageAt = (asked: number): number =>
    judged.reduce((sum, one) => sum + measureCoverage(one.cells, boundsAt(one.fitted, asked)), 0) / judged.length;
  if (judged.length === 0) return boundsAt(fitted, level);
  const isOwn = judged[0].fitted === fitted;
  if (isOwn && coverageAt(level) <= level + 0.001) return boundsAt(fitted, level);
  let [low, high] = [level * LEAST_LEVEL, isOwn ? level : 1 - LEAST_MISS * (1 - level)];
  for (let turn = 0; turn < 10; turn++) {
    const middle = (low + high) / 2;
    if (coverageAt(middle) > level) high = middle;
    else low = middle;
  }
  return boundsAt(fitted, high);
}

/** Share of the errors within the bounds of their cells, the bounds cut off at a value of 0. */
function measureCoverage(cells: readonly (readonly ScaledError[])[], bounds: readonly Bounds[]): number {
  let [inside, all] = [0, 0];
  cells.forEach((cell, at) => {
    const { lower, upper } = bounds[at];
    for (const { error, size, weight } of cell) {
      if (error >= Math.max(-size, lower) - 1e-12 && error <= Math.max(-size, upper) + 1e-12) inside += weight;
      all += weight;
    }
  });
  return all > 0 ? inside / all : 0;
}

function findBounds(
  cell: readonly ScaledError[],
  sorted: WeightedErrors,
  level: number,
  isNonNegative: boolean,
): Bounds {
  if (cell.length === 0) return { lower: 0, upper: 0 };
  const lower = weightedConformalQuantile(sorted, (1 - level) / 2);
  let missed = (1 - level) / 2;
  if (isNonNegative) {
    let [below, all] = [0, 0];
    for (const { error, size, weight } of cell) {
      if (error < lower && size + lower > 0) below += weight;
      all += weight;
    }
    missed = below / all;
  }
  return { lower, upper: Math.max(lower, weightedConformalQuantile(sorted, Math.min(1, level + missed))) };
}
