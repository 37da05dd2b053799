import { addDays, type IsoDate } from "../../core/dates.ts";
import { fail } from "../../core/errors.ts";
import type { ModelCard, ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { openArtefacts } from "../open-artefacts.ts";
import { ARTEFACT_NAMES, decodeForecasts, type ForecastArtefact } from "./artefacts.ts";
import { mapQuantiles, type QuantileName } from "./calibrate-intervals.ts";
import { decodeEnded, type EndedSeries } from "./ended-series.ts";
import { HORIZONS } from "./forecast-demand.ts";
import type { DemandForecast, Forecaster, ForecastLevel, ForecastRequest } from "./forecaster.ts";

export type { Forecaster } from "./forecaster.ts";

/**
 * Loads the forecasts of a release folder into memory. Answers take microseconds and read no file. Where the release has
 * none, every answer is `MODEL_NOT_PUBLISHED`.
 */
export function loadForecaster(folder: string, manifest: ReleaseManifest): Forecaster {
  const read = openArtefacts(folder, manifest, "seasonal-forecast");
  const card = manifest.models.find(({ name }) => name === "seasonal-forecast");
  // An artefact may be carried over from an older release: its own window says where its history ends.
  return read === undefined || card === undefined
    ? createAbsentForecaster()
    : createForecaster(decodeForecasts(read), card.window.to, decodeEndedOf(card, read));
}

/** None in releases that are older than the list of what has ended. */
function decodeEndedOf({ artefacts }: ModelCard, read: (name: string) => Uint8Array): readonly EndedSeries[] {
  return artefacts.includes(ARTEFACT_NAMES.ended) ? decodeEnded(read(ARTEFACT_NAMES.ended)) : [];
}

/** `lastDay` is the last day of the data the forecasts were made from. */
export function createForecaster(
  artefact: ForecastArtefact,
  lastDay: IsoDate,
  ended: readonly EndedSeries[] = [],
): Forecaster {
  const keyOf = (store: string, product: string, category: string, market: string): string =>
    JSON.stringify([store, product, category, market]);
  const seriesByKey = new Map<string, number>();
  const categoryOf = new Map<string, string>();
  const seriesCount = new Map<string, number>();
  artefact.store.forEach((store, at) => {
    const [product, category] = [artefact.product[at] as string, artefact.category[at] as string];
    seriesByKey.set(keyOf(store, product, product === "" ? category : "", artefact.market[at] as string), at);
    if (product !== "") categoryOf.set(keyOf(store, product, "", ""), category);
    seriesCount.set(store, (seriesCount.get(store) ?? 0) + 1);
  });
  const endedByKey = new Map(
    ended.map((one) => [keyOf(one.store, one.product, one.product === "" ? one.category : "", one.market), one]),
  );
  for (const { store, product, category } of ended) {
    const key = keyOf(store, product, "", "");
    if (product !== "" && !categoryOf.has(key)) categoryOf.set(key, category);
  }
  const largest = [...seriesCount].sort((a, b) => b[1] - a[1])[0]?.[0];

  return {
    forecast: ({ store = largest ?? "", horizon, ...asked }) => {
      if (!Number.isInteger(horizon) || horizon < 1) {
        throw fail("REQUEST_INVALID", `horizon is ${horizon}; it must be a whole number above 0.`, {
          errors: [{ pointer: "/horizon", message: "must be a whole number above 0" }],
        });
      }
      const level = asked.level ?? lowestOf(asked);
      const product = level === "product" ? (asked.product ?? "") : "";
      const own = categoryOf.get(keyOf(store, asked.product ?? "", "", ""));
      const category = level === "category" ? (asked.category ?? own ?? "") : "";
      const market = level === "total" ? "" : (asked.market ?? "");
      requireName(level, { ...asked, category: category === "" ? undefined : category });
      const key = keyOf(store, product, category, market);
      const series = seriesByKey.get(key);
      if (series === undefined) {
        const over = endedByKey.get(key);
        if (over !== undefined) return forecastEnded(over, level, lastDay, horizon);
        const goods =
          product !== "" ? `product "${product}"` : category !== "" ? `category "${category}"` : "any product";
        const what = `${goods} in ${market === "" ? "any market" : market}`;
        throw fail("FORECAST_SERIES_UNKNOWN", `Store "${store}" has no demand of ${what} on record.`);
      }
      const unit = artefact.unit[series] as "day" | "week";
      const stepDays = unit === "day" ? 1 : 7;
      const [historyFrom, historyTo] = partOf(artefact.historyPtr, series);
      const [pointFrom, pointTo] = partOf(artefact.pointPtr, series);
      const history = artefact.history.subarray(historyFrom, historyTo);
      const firstPoint = addDays(lastDay, 1);
      return {
        asOf: lastDay,
        level,
        method: artefact.method[series] as string,
        ...(artefact.reason[series] ? { reason: artefact.reason[series] } : {}),
        unit,
        history: Array.from(history, (value, at) => ({
          on: addDays(firstPoint, (at - history.length) * stepDays),
          value,
        })),
        points: Array.from({ length: Math.min(horizon, pointTo - pointFrom) }, (_, step) => ({
          on: addDays(firstPoint, step * stepDays),
          mean: artefact.mean[pointFrom + step] as number,
          ...mapQuantiles((name) => quantileAt(artefact, name, pointFrom + step)),
        })),
      };
    },
  };
}

/** Nothing is expected of what has not been demanded for 26 weeks; its history is not kept. */
function forecastEnded(
  { weeksAgo, suspicion }: EndedSeries,
  level: ForecastLevel,
  lastDay: IsoDate,
  horizon: number,
): DemandForecast {
  const lastWeek = addDays(lastDay, 1 - 7 * (weeksAgo + 1));
  const reason = suspicion !== "" ? suspicion : `nothing was demanded after the week from ${lastWeek} on`;
  return {
    asOf: lastDay,
    level,
    method: "ended",
    reason,
    unit: "week",
    history: [],
    points: Array.from({ length: Math.min(horizon, HORIZONS.week) }, (_, step) => ({
      on: addDays(lastDay, 1 + 7 * step),
      mean: 0,
      ...mapQuantiles(() => 0),
    })),
  };
}

/** Releases from before the intervals of 50 and 95 % answer with the nearest quantile that they hold. */
const NEAREST: Partial<Record<QuantileName, QuantileName>> = { q025: "q10", q25: "q50", q75: "q50", q975: "q90" };

function quantileAt({ quantiles }: ForecastArtefact, name: QuantileName, at: number): number {
  const held = quantiles[name].length > 0 ? name : (NEAREST[name] ?? name);
  return quantiles[held][at] as number;
}

function lowestOf(asked: Pick<ForecastRequest, "product" | "category" | "market">): ForecastLevel {
  return asked.product ? "product" : asked.category ? "category" : asked.market ? "market" : "total";
}

/** A level below the store needs the name it stands for. */
function requireName(level: ForecastLevel, asked: Pick<ForecastRequest, "product" | "category" | "market">): void {
  if (level === "total" || asked[level]) return;
  throw fail("REQUEST_INVALID", `level is ${level}; name a ${level} too.`, {
    errors: [{ pointer: `/${level}`, message: `is needed for level ${level}` }],
  });
}

function partOf(positions: Int32Array, at: number): [number, number] {
  return [positions[at] as number, positions[at + 1] as number];
}

function createAbsentForecaster(): Forecaster {
  return {
    forecast: () => {
      throw fail("MODEL_NOT_PUBLISHED", "This release holds no forecasts: none has passed its gate yet.");
    },
  };
}
