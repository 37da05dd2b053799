import { guardValues } from "../guard-forecast.ts";
import { memberSetOf } from "./member-forecasts.ts";
import { measureScales, type SeriesScales } from "./series-scales.ts";

/** What a pool has in common; plain data. */
export interface PoolShape {
  readonly kind: "regular" | "intermittent";
  readonly period: number;
  /** What members take off and repeat. */
  readonly season: number;
  /** The season whose phase and values global models see: as long as `season` or longer. */
  readonly featuredSeason: number;
  readonly horizon: number;
  /** Weights of the members in the base, from which global models predict the distance. */
  readonly baseWeights: Float64Array;
}

/** One series seen from one origin: what is known before it. */
export interface OriginCase extends SeriesScales {
  readonly history: Float64Array;
  /** Steps from the origin to the end of the series. */
  readonly back: number;
  /** A row a member, a value a step, guarded. */
  readonly members: readonly Float64Array[];
  /** What the values of global models are divided by; above 0. */
  readonly scale: number;
}

/** A case whose first steps after the origin are known. */
export interface TrainingCase {
  readonly known: OriginCase;
  readonly actual: Float64Array;
}

/** Looks at a series from `origin`: its members, base and scales. */
export function openCase(values: Float64Array, origin: number, shape: PoolShape): OriginCase {
  const { period, season, horizon, kind } = shape;
  const history = values.subarray(0, origin);
  const members = memberSetOf(kind).forecast({ train: history, period, season, horizon });
  const guarded = members.map((row) => guardValues(row, history));
  const scales = measureScales(history, period);
  const level = meanSizeOfLast(history, Math.max(season, 4));
  const scale = kind === "regular" ? level : scales.squareScale;
  return {
    ...scales,
    history,
    back: values.length - origin,
    members: guarded,
    scale: scale > 0 ? scale : scales.meanSize > 0 ? scales.meanSize : 1,
  };
}

/** Weighted sum of rows. O(rows · steps). */
export function combineRows(rows: readonly Float64Array[], weights: Float64Array): Float64Array {
  return rows[0].map((_, step) => rows.reduce((sum, row, member) => sum + weights[member] * row[step], 0));
}

function meanSizeOfLast(values: Float64Array, count: number): number {
  const from = Math.max(0, values.length - count);
  let sum = 0;
  for (let t = from; t < values.length; t++) sum += Math.abs(values[t]);
  return sum / (values.length - from);
}
