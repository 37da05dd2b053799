import {
  equilibriumPrice,
  optimizePrice,
  type DemandCurve,
  type PriceChoice,
} from "../../algorithms/pricing/optimize-price.ts";
import { clearingPrice, drawSupply, type SupplyOffer } from "../../algorithms/pricing/supply-curve.ts";
import { fail } from "../../core/errors.ts";
import { decodeArrow } from "../../warehouse/arrow-table.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import { openArtefacts } from "../open-artefacts.ts";
import { chooseElasticity, type ElasticityWish } from "./choose-elasticity.ts";
import { type PriceAnswer, Z95 } from "./price-answer.ts";
import { ARTEFACT_NAME } from "./price-elasticity.ts";

/** Without other bounds a price moves at most this far from the newest: nothing is known of demand beyond. */
const LOWEST_SHARE = 0.7;
const HIGHEST_SHARE = 1.3;

export interface PriceQuestion extends ElasticityWish {
  readonly store: string;
  readonly product: string;
  /** Whose prices; missing: all markets'. */
  readonly market?: string | undefined;
  /** Units expected at the newest price over the time asked about. */
  readonly expectedUnits: number;
  readonly unitCostMinor: number;
  readonly minPriceMinor?: number | undefined;
  readonly maxPriceMinor?: number | undefined;
  readonly stock?: number | undefined;
  /** Units that suppliers offer at a price over the same time, and how that grows with price. */
  readonly supply?: DemandCurve | undefined;
  /** Who could bring units within the horizon, instead of such a curve. */
  readonly offers?: readonly SupplyOffer[] | undefined;
  readonly horizonDays: number;
}

export interface PriceAdvice {
  readonly from: PriceAnswer;
  /** At the newest price, and at the price of greatest margin. */
  readonly now: PriceChoice;
  readonly best: PriceChoice;
  /** Where demand meets the supply given; null without one. */
  readonly equilibriumMinor: number | null;
}

/** Prices from one release, in memory. */
export interface Pricer {
  /** Of a market where the product sold enough there, else of all. Throws `PRICING_PRODUCT_UNKNOWN` for a product without a price history. */
  elasticity(store: string, product: string, market?: string): PriceAnswer;
  /** Throws `PRICING_PRICE_NEVER_VARIED` where the product's own history cannot tell. */
  optimize(question: PriceQuestion): PriceAdvice;
}

/** Reads the elasticities of a release folder; where it has none, every call is `MODEL_NOT_PUBLISHED`. */
export function loadPricer(folder: string, manifest: ReleaseManifest): Pricer {
  const read = openArtefacts(folder, manifest, "price-elasticity");
  if (read === undefined) {
    const refuse = (): never => {
      throw fail("MODEL_NOT_PUBLISHED", "This release holds no price elasticities: none has passed its gate yet.");
    };
    return { elasticity: refuse, optimize: refuse };
  }
  const answers = decodeAnswers(read(ARTEFACT_NAME));
  const find = (store: string, product: string, market = ""): PriceAnswer => {
    const found = answers.get(keyOf(store, product, market)) ?? answers.get(keyOf(store, product, ""));
    if (found !== undefined) return found;
    throw fail("PRICING_PRODUCT_UNKNOWN", `Store "${store}" has no price history of "${product}".`);
  };
  return {
    elasticity: find,
    optimize: (question) => advise(find(question.store, question.product, question.market), question),
  };
}

function advise(from: PriceAnswer, question: PriceQuestion): PriceAdvice {
  const { elasticity } = chooseElasticity(from, question);
  const curve = { price: from.priceMinor, units: question.expectedUnits, elasticity };
  const terms = {
    unitCost: question.unitCostMinor,
    minPrice: question.minPriceMinor ?? from.priceMinor * LOWEST_SHARE,
    maxPrice: question.maxPriceMinor ?? from.priceMinor * HIGHEST_SHARE,
    stock: question.stock ?? Infinity,
  };
  return {
    from,
    now: optimizePrice(curve, { ...terms, minPrice: from.priceMinor, maxPrice: from.priceMinor }),
    best: optimizePrice(curve, terms),
    equilibriumMinor: findEquilibrium(curve, question),
  };
}

function findEquilibrium(demand: DemandCurve, { supply, offers, horizonDays }: PriceQuestion): number | null {
  if (supply !== undefined) return equilibriumPrice(demand, supply);
  return offers === undefined ? null : clearingPrice(demand, drawSupply(offers, horizonDays));
}

function keyOf(store: string, product: string, market: string): string {
  return `${store}\n${product}\n${market}`;
}

/** Why an artefact tells nothing of cross-elasticities. */
const NOT_MEASURED = "not-measured";

function decodeAnswers(bytes: Uint8Array): Map<string, PriceAnswer> {
  const table = decodeArrow(bytes);
  const [products, currencies] = [table.text("product"), table.text("currency")];
  const [bases, refusals] = [table.text("basis"), table.text("refusal")];
  const [elasticities, errors, prices] = [table.float64("elasticity"), table.float64("error"), table.float64("price")];
  const stores = table.text("store");
  // A release that an earlier version made is served until the next night.
  const hasCross = table.has("cross_elasticity");
  const unknown = new Float64Array(stores.length).fill(Number.NaN);
  const crosses = hasCross ? table.float64("cross_elasticity") : unknown;
  const crossErrors = hasCross ? table.float64("cross_error") : unknown;
  const crossRefusals = hasCross ? table.text("cross_refusal") : stores.map(() => NOT_MEASURED);
  const unnamed = stores.map(() => "");
  const textOr = (name: string): string[] => (table.has(name) ? table.text(name) : unnamed);
  const [markets, links, groups] = [textOr("market"), textOr("link"), textOr("drawn_to")];
  const lowest = table.has("lowest_price") ? table.float64("lowest_price") : unknown;
  const highest = table.has("highest_price") ? table.float64("highest_price") : unknown;
  const pulls = table.has("promotion_pull") ? table.float64("promotion_pull") : unknown;
  const pullErrors = table.has("promotion_error") ? table.float64("promotion_error") : unknown;
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return new Map(
    stores.map((store, at) => {
      const [elasticity, spread] = [elasticities[at] as number, Z95 * (errors[at] as number)];
      const [cross, crossSpread] = [crosses[at] as number, Z95 * (crossErrors[at] as number)];
      const [pull, pullSpread] = [pulls[at] as number, Z95 * (pullErrors[at] as number)];
      const product = products[at] as string;
      const answer: PriceAnswer = {
        store,
        product,
        elasticity: orNull(elasticity),
        low: orNull(elasticity - spread),
        // Demand that rises with price is ruled out, but where an earlier version made the release.
        high: orNull(elasticity > 0 ? elasticity + spread : Math.min(0, elasticity + spread)),
        // Written by the model itself: one of the names it knows.
        basis: bases[at] as PriceAnswer["basis"],
        drawnTo: nameOrNull(groups[at]) as PriceAnswer["drawnTo"],
        link: nameOrNull(links[at]) as PriceAnswer["link"],
        promotionLift: orNull(Math.expm1(pull)),
        promotionLow: orNull(Math.expm1(pull - pullSpread)),
        promotionHigh: orNull(Math.expm1(pull + pullSpread)),
        market: nameOrNull(markets[at]),
        refusal: refusals[at] === "" ? null : (refusals[at] as string),
        crossElasticity: orNull(cross),
        crossLow: orNull(cross - crossSpread),
        crossHigh: orNull(cross + crossSpread),
        crossRefusal: crossRefusals[at] === "" ? null : (crossRefusals[at] as string),
        priceMinor: prices[at] as number,
        lowestPriceMinor: orNull(lowest[at] as number),
        highestPriceMinor: orNull(highest[at] as number),
        currency: currencies[at] as string,
      };
      return [keyOf(store, product, markets[at] as string), answer];
    }),
  );
}

function nameOrNull(name: string | undefined): string | null {
  return name === undefined || name === "" ? null : name;
}
