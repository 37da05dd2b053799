import { planStock, type StockPlan } from "../../algorithms/inventory/plan-stock.ts";
import { sumDemand, PLAIN_RULE } from "../../algorithms/inventory/stock-level.ts";
import {
  assessStockout,
  fitLeadTimeDemand,
  type LeadTimeDemand,
  type StockoutRisk,
} from "../../algorithms/inventory/stockout-risk.ts";
import { walkStockRules, type ReviewRule } from "../../algorithms/inventory/walk-stock-rules.ts";
import { fail } from "../../core/errors.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { decodeForecasts, type ForecastArtefact } from "../demand/artefacts.ts";
import { forecastDemand } from "../demand/forecast-demand.ts";
import { openArtefacts } from "../open-artefacts.ts";
import { expectAhead, type ProductDemand, STEP_DAYS } from "./product-demand.ts";
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
  listRules(store: string, market: string, terms: ReplenishmentTerms, reviews: number): readonly ReviewRule[];
  /** Levels of a product by the newest of these rules. */
  plan(store: string, market: string, demand: ProductDemand, terms: ReplenishmentTerms, lotSize?: number): StockPlan;
  /** What a product with so many units risks until an order of today arrives; undefined where too little past tells. */
  risk(
    store: string,
    market: string,
    demand: ProductDemand,
    terms: ReplenishmentTerms,
    units: number,
  ): StockoutRisk | undefined;
  /** Units a week that the release's method expects, seen from the end of `known`. */
  readonly expect: (known: Float64Array) => number;
}

/** Reads the forecasts of a release folder; where it has none, every call is `MODEL_NOT_PUBLISHED`. */
export function loadStockPlanner(folder: string, manifest: ReleaseManifest): StockPlanner {
  const read = openArtefacts(folder, manifest, "seasonal-forecast");
  const card = manifest.models.find(({ name }) => name === "seasonal-forecast");
  if (read === undefined || card === undefined) return createAbsentPlanner();
  const alpha = card.parameters["weeklyAlpha"];
  return createStockPlanner(decodeForecasts(read), typeof alpha === "number" ? alpha : DEFAULT_ALPHA);
}

const DEFAULT_ALPHA = 0.25;

export function createStockPlanner(artefact: ForecastArtefact, alpha: number): StockPlanner {
  const byPlace = groupProducts(artefact);
  const largest = [...byPlace].sort((a, b) => b[1].length - a[1].length)[0]?.[0].split("\n")[0];
  const stores = [...new Set(artefact.store)];
  const waits = new Map<string, LeadTimeDemand | undefined>();
  const calibrations = new Map<string, readonly ReviewRule[]>();

  const expect = (known: Float64Array): number =>
    forecastDemand({ store: "", product: "", market: "", unit: "week", values: known }, alpha).mean[0] as number;
  const listProducts = (store: string, market: string): readonly ProductDemand[] =>
    byPlace.get(`${store}\n${market}`) ?? [];

  const listRules: StockPlanner["listRules"] = (store, market, terms, reviews) => {
    const { leadTimeDays, leadTimeDeviationDays, reviewDays, target } = terms;
    const key = JSON.stringify([store, market, leadTimeDays, leadTimeDeviationDays, reviewDays, target, reviews]);
    const kept = calibrations.get(key);
    if (kept !== undefined) return kept;
    if (calibrations.size >= MAX_CALIBRATIONS) calibrations.clear();
    const histories = listProducts(store, market).map(({ history }) => history);
    const rules = walkStockRules(histories, expect, toStockTerms(terms, STEP_DAYS), reviews);
    calibrations.set(key, rules);
    return rules;
  };

  const findLeadTimeDemand = (store: string, market: string, terms: ReplenishmentTerms): LeadTimeDemand | undefined => {
    const key = JSON.stringify([store, market, terms.leadTimeDays, terms.leadTimeDeviationDays]);
    if (!waits.has(key)) {
      if (waits.size >= MAX_CALIBRATIONS) waits.clear();
      const histories = listProducts(store, market).map(({ history }) => history);
      waits.set(key, fitLeadTimeDemand(histories, expect, toStockTerms(terms, STEP_DAYS)));
    }
    return waits.get(key);
  };

  return {
    expect,
    listProducts,
    listRules,
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
    risk: (store, market, demand, terms, units) => {
      const wait = findLeadTimeDemand(store, market, terms);
      if (wait === undefined) return undefined;
      return assessStockout(wait, sumDemand(demand.history), expectAhead(demand, terms.leadTimeDays), units);
    },
    plan: (store, market, demand, terms, lotSize = 0) => {
      const perStep = expectAhead(demand, terms.leadTimeDays + terms.reviewDays);
      // Without a past to judge by, one yardstick: said in docs/algorithms/inventory.md.
      const rule = listRules(store, market, terms, FEEDBACK_REVIEWS).at(-1)?.rule ?? PLAIN_RULE;
      return planStock(demand.history, perStep, rule, toStockTerms(terms, STEP_DAYS), lotSize);
    },
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
    plan: refuse,
    listRules: refuse,
    risk: refuse,
    expect: refuse,
  };
}
