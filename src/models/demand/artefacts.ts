import { decodeArrow, encodeArrow } from "../../warehouse/arrow-table.ts";
import { mapQuantiles, type QuantileName, type Quantiles } from "./calibrate-intervals.ts";
import type { DemandSeries, StepUnit } from "./demand-series.ts";
import { encodeEnded, type EndedSeries } from "./ended-series.ts";
import type { StepForecast } from "./forecast-demand.ts";

export const ARTEFACT_NAMES = {
  series: "seasonal-forecast-series.arrow",
  history: "seasonal-forecast-history.arrow",
  points: "seasonal-forecast-points.arrow",
  ended: "seasonal-forecast-ended.arrow",
} as const;

/** Newest steps kept of each history, for charts. */
const HISTORY_STEPS = { week: 52, day: 182 } as const;

export interface PublishedSeries {
  readonly series: DemandSeries;
  readonly forecast: StepForecast;
  readonly quantiles: Quantiles;
}

/** Forecasts as an answer reads them: flat arrays, and where each series' part of them begins. */
export interface ForecastArtefact {
  readonly store: readonly string[];
  readonly product: readonly string[];
  /** Of a product, or added up; "" throughout where the release is older than categories. */
  readonly category: readonly string[];
  readonly market: readonly string[];
  readonly unit: readonly StepUnit[];
  readonly method: readonly string[];
  /** Why a forecast is not the usual one; "" where it is, and throughout where the release is older than reasons. */
  readonly reason: readonly string[];
  /** Series s has `history[historyPtr[s] .. historyPtr[s + 1])`, oldest first. */
  readonly historyPtr: Int32Array;
  readonly history: Float32Array;
  readonly pointPtr: Int32Array;
  readonly mean: Float32Array;
  /** A quantile that the release was made without is empty. */
  readonly quantiles: Readonly<Record<QuantileName, Float32Array>>;
}

export function encodeForecasts(
  published: readonly PublishedSeries[],
  ended: readonly EndedSeries[],
): { name: string; bytes: Uint8Array }[] {
  const histories = published.map(({ series }) =>
    (series.observed ?? series.values).slice(-HISTORY_STEPS[series.unit]),
  );
  const join = (parts: readonly Float64Array[]): Float32Array => {
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  };
  return [
    {
      name: ARTEFACT_NAMES.series,
      bytes: encodeArrow({
        store: published.map(({ series }) => series.store),
        product: published.map(({ series }) => series.product),
        category: published.map(({ series }) => series.category),
        market: published.map(({ series }) => series.market),
        unit: published.map(({ series }) => series.unit),
        method: published.map(({ forecast }) => forecast.method),
        reason: published.map(({ forecast }) => forecast.reason ?? ""),
        historyLength: Int32Array.from(histories, (history) => history.length),
        pointCount: Int32Array.from(published, ({ forecast }) => forecast.mean.length),
      }),
    },
    { name: ARTEFACT_NAMES.history, bytes: encodeArrow({ value: join(histories) }) },
    {
      name: ARTEFACT_NAMES.points,
      bytes: encodeArrow({
        mean: join(published.map(({ forecast }) => forecast.mean)),
        ...mapQuantiles((name) => join(published.map(({ quantiles }) => quantiles[name]))),
      }),
    },
    { name: ARTEFACT_NAMES.ended, bytes: encodeEnded(ended) },
  ];
}

/** `read` gives the bytes of a file by name. */
export function decodeForecasts(read: (name: string) => Uint8Array): ForecastArtefact {
  const series = decodeArrow(read(ARTEFACT_NAMES.series));
  const points = decodeArrow(read(ARTEFACT_NAMES.points));
  return {
    store: series.text("store"),
    product: series.text("product"),
    category: series.has("category") ? series.text("category") : series.text("product").map(() => ""),
    market: series.text("market"),
    unit: series.text("unit").map((unit) => (unit === "day" ? "day" : "week")),
    method: series.text("method"),
    reason: series.has("reason") ? series.text("reason") : series.text("method").map(() => ""),
    historyPtr: sumUp(series.int32("historyLength")),
    history: decodeArrow(read(ARTEFACT_NAMES.history)).float32("value"),
    pointPtr: sumUp(series.int32("pointCount")),
    mean: points.float32("mean"),
    quantiles: mapQuantiles((name) => (points.has(name) ? points.float32(name) : new Float32Array(0))),
  };
}

/** Lengths 2 3 become positions 0 2 5. */
function sumUp(lengths: Int32Array): Int32Array {
  const positions = new Int32Array(lengths.length + 1);
  lengths.forEach((length, at) => (positions[at + 1] = (positions[at] as number) + length));
  return positions;
}
