import type { StockTerms } from "../../algorithms/inventory/stock-terms.ts";
import type { LeadTimeDemand } from "../../algorithms/inventory/lead-time-demand.ts";
import type { ReviewRule } from "../../algorithms/inventory/walk-stock-rules.ts";
import { fail } from "../../core/errors.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { decodeForecasts, type ForecastArtefact } from "../demand/artefacts.ts";
import { openArtefacts } from "../open-artefacts.ts";
import {
  type CalibrationTask,
  expectBy,
  inlineCalibrator,
  joinHistories,
  type StockCalibrator,
} from "./calibrate-stock.ts";
import { type ProductDemand, STEP_DAYS } from "./product-demand.ts";
import { toStockTerms, type ReplenishmentTerms } from "./stock-request.ts";

/** Reviews over which the levels in force have been corrected by what they gave. */
export const FEEDBACK_REVIEWS = 8;
/** Kept calibrations: one a store, market, set of terms and number of reviews that was asked for. */
const MAX_CALIBRATIONS = 200;

/** Stock levels from one release's forecasts, in memory. */
export interface StockPlanner {
  /** The store meant: the given one, or that with most series. Throws `REQUEST_INVALID` for an unknown one. */
  findStore(store: string | undefined): string;
  /** Products with demand in the market ("" for all), as the release numbers them. */
  listProducts(store: string, market: string): readonly ProductDemand[];
  /** Throws `FORECAST_SERIES_UNKNOWN` for what was not sold lately. */
  findProduct(store: string, product: string, market: string): ProductDemand;
  /** Rules of the newest reviews, calibrated on the store's assortment in that market; empty where its past is too short. */
  listRules(store: string, market: string, terms: ReplenishmentTerms, reviews?: number): Promise<readonly ReviewRule[]>;
  /** Demand of the store's products in that market over a wait; undefined where too little past tells. */
  learnDemand(store: string, market: string, wait: Wait): Promise<LeadTimeDemand | undefined>;
  /** Units a week that the release's method expects, seen from the end of `known`. */
  readonly expect: (known: Float64Array) => number;
}

/** Time from order to receipt. */
export type Wait = Pick<ReplenishmentTerms, "leadTimeDays" | "leadTimeDeviationDays">;

/** Reads the forecasts of a release folder; where it has none, every call is `MODEL_NOT_PUBLISHED`. */
export function loadStockPlanner(
  folder: string,
  manifest: ReleaseManifest,
  calibrator: StockCalibrator = inlineCalibrator,
): StockPlanner {
  const read = openArtefacts(folder, manifest, "seasonal-forecast");
  const card = manifest.models.find(({ name }) => name === "seasonal-forecast");
  if (read === undefined || card === undefined) return createAbsentPlanner();
  const alpha = card.parameters["weeklyAlpha"];
  return createStockPlanner(decodeForecasts(read), typeof alpha === "number" ? alpha : DEFAULT_ALPHA, calibrator);
}

const DEFAULT_ALPHA = 0.25;

export function createStockPlanner(
  artefact: ForecastArtefact,
  alpha: number,
  calibrator: StockCalibrator = inlineCalibrator,
): StockPlanner {
  const byPlace = groupProducts(artefact);
  const largest = [...byPlace].sort((a, b) => b[1].length - a[1].length)[0]?.[0].split("\n")[0];
  const stores = [...new Set(artefact.store)];
  const rules = keepPromises<readonly ReviewRule[]>();
  const demands = keepPromises<LeadTimeDemand | undefined>();
  const listProducts = (store: string, market: string): readonly ProductDemand[] =>
    byPlace.get(`${store}\n${market}`) ?? [];
  const taskOf = (store: string, market: string, terms: StockTerms): CalibrationTask => ({
    ...joinHistories(listProducts(store, market).map(({ history }) => history)),
    alpha,
    terms,
  });

  return {
    expect: expectBy(alpha),
    listProducts,
    listRules: (store, market, asked, reviews = FEEDBACK_REVIEWS) => {
      const terms = toStockTerms(asked, STEP_DAYS);
      return rules(JSON.stringify([store, market, terms, reviews]), () =>
        calibrator.walkRules({ ...taskOf(store, market, terms), reviews }),
      );
    },
    learnDemand: (store, market, { leadTimeDays, leadTimeDeviationDays }) =>
      demands(JSON.stringify([store, market, leadTimeDays, leadTimeDeviationDays]), () => {
        const target = { kind: "cycle", share: 0.5 } as const;
        const terms = toStockTerms({ leadTimeDays, leadTimeDeviationDays, reviewDays: STEP_DAYS, target }, STEP_DAYS);
        return calibrator.fitDemand(taskOf(store, market, terms));
      }),
    findStore: (store) => {
      const found = store ?? largest ?? "";
      if (stores.includes(found)) return found;
      const known = stores.join(", ");
      throw fail("REQUEST_INVALID", `Store "${found}" has no demand here; known are ${known}.`, {
        errors: [{ pointer: "/store", message: `must be one of ${known}` }],
      });
    },
    findProduct: (store, product, market) => {
      const found = listProducts(store, market).find(({ productId }) => productId === product);
      if (found !== undefined) return found;
      const where = market === "" ? "any market" : market;
      throw fail(
        "FORECAST_SERIES_UNKNOWN",
        `Store "${store}" has not sold "${product}" in ${where} in the last 26 weeks.`,
      );
    },
  };
}

/** Keeps what was asked for by its key; what failed is tried again. */
function keepPromises<Value>(): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return (key, make) => {
    const found = kept.get(key);
    if (found !== undefined) return found;
    if (kept.size >= MAX_CALIBRATIONS) kept.clear();
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    return made;
  };
}

/** Weekly product series by `store\nmarket`. */
function groupProducts(artefact: ForecastArtefact): Map<string, ProductDemand[]> {
  const byPlace = new Map<string, ProductDemand[]>();
  artefact.product.forEach((productId, at) => {
    if (productId === "" || artefact.unit[at] !== "week") return;
    const place = `${artefact.store[at] as string}\n${artefact.market[at] as string}`;
    const part = (values: Float32Array, positions: Int32Array): Float64Array =>
      Float64Array.from(values.subarray(positions[at], positions[at + 1]));
    const demand = {
      productId,
      history: part(artefact.history, artefact.historyPtr),
      expected: part(artefact.mean, artefact.pointPtr),
      method: artefact.method[at] as string,
    };
    const group = byPlace.get(place);
    if (group === undefined) byPlace.set(place, [demand]);
    else group.push(demand);
  });
  return byPlace;
}

function createAbsentPlanner(): StockPlanner {
  const refuse = (): never => {
    throw fail(
      "MODEL_NOT_PUBLISHED",
      "This release holds no forecasts to plan stock by: none has passed its gate yet.",
    );
  };
  return {
    findStore: refuse,
    listProducts: refuse,
    findProduct: refuse,
    listRules: refuse,
    learnDemand: refuse,
    expect: refuse,
  };
}
