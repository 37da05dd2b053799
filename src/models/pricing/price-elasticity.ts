import { addDays } from "../../core/dates.ts";
import { encodeArrow } from "../../warehouse/arrow-table.ts";
import { reportStep, type Model, type ModelOutcome } from "../model.ts";
import type { DemandLink } from "../../algorithms/pricing/estimate-elasticity.ts";
import { chooseLinks } from "./choose-links.ts";
import { backtestElasticities, LEAST_CASES, TEST_WEEKS } from "./backtest-elasticities.ts";
import { estimateCross, type CrossElasticity } from "./estimate-cross.ts";
import { estimateProducts, type ProductElasticity } from "./estimate-products.ts";
import { readProductPrices, type ProductPrices } from "./price-histories.ts";

export const ARTEFACT_NAME = "price-elasticity-products.arrow";

const GATE_RULE =
  `On the last ${TEST_WEEKS} weeks, where the price differed from its mean before: the Poisson deviance of units forecast with ` +
  "the elasticity is below that without.";
const UNMEASURED_RULE = "Too few price changes in the last weeks to measure: published with its standard errors.";

/** The others' prices are looked at in all markets together only. */
const UNMEASURED_CROSS = { elasticity: Number.NaN, error: Number.NaN, refusal: "measured-over-all-markets" } as const;

type CrossInMarket = CrossElasticity | typeof UNMEASURED_CROSS;

/** How demand answers to price, for each product; backtested against demand that does not. */
export const priceElasticity: Model = {
  name: "price-elasticity",
  fit: async (context): Promise<ModelOutcome> => {
    reportStep(context, "read prices", 0, 4);
    const histories = await readProductPrices(context.session, context.asOf);
    const products = histories.filter(({ market }) => market === "");
    const parts = histories.filter(({ market }) => market !== "");
    reportStep(context, "choose links", 1, 4);
    const links = new Map(chooseLinks(products).map((chosen) => [chosen.store, chosen]));
    const linkOf = (store: string): DemandLink => links.get(store)?.link ?? "poisson";
    reportStep(context, "backtest", 2, 4);
    const { cases, deviance, plainDeviance } = backtestElasticities(products, linkOf);
    reportStep(context, "estimate", 3, 4);
    const estimates = estimateProducts([...products, ...parts], linkOf);
    const crosses = estimateCross(products);
    const found = [...products, ...parts].map((product, at) => ({
      product,
      link: linkOf(product.store),
      estimate: estimates[at] as ProductElasticity,
      cross: crosses[at] ?? UNMEASURED_CROSS,
    }));
    const weeks = Math.max(0, ...products.map(({ history }) => history.units.length));
    const isOwn = ({ estimate }: { estimate: ProductElasticity }): boolean => estimate.basis === "own";
    const own = found.slice(0, products.length).filter(isOwn).length;
    const inMarkets = found.slice(products.length).filter(isOwn).length;
    const cross = crosses.filter(({ refusal }) => refusal === undefined).length;
    const isMeasured = cases >= LEAST_CASES;
    return {
      card: {
        name: "price-elasticity",
        version: "2",
        artefacts: [ARTEFACT_NAME],
        window: { from: addDays(context.asOf, -7 * weeks + (weeks > 0 ? 1 : 0)), to: context.asOf },
        trainedOn: products.reduce((sum, { history }) => sum + history.units.length, 0),
        parameters: { links: [...links.values()] },
        metrics: {
          products: products.length,
          own,
          ownInMarkets: inMarkets,
          cross,
          ...(cases > 0 ? { deviance, weeks: cases } : {}),
        },
        baseline: cases > 0 ? { deviance: plainDeviance } : {},
        gate: { rule: isMeasured ? GATE_RULE : UNMEASURED_RULE, passed: !isMeasured || deviance < plainDeviance },
        seed: context.seed,
      },
      files: [{ name: ARTEFACT_NAME, bytes: encodeProducts(found) }],
    };
  },
};

function encodeProducts(
  found: readonly { product: ProductPrices; link: DemandLink; estimate: ProductElasticity; cross: CrossInMarket }[],
): Uint8Array {
  return encodeArrow({
    store: found.map(({ product }) => product.store),
    product: found.map(({ product }) => product.product),
    market: found.map(({ product }) => product.market),
    currency: found.map(({ product }) => product.currency),
    link: found.map(({ link }) => link),
    basis: found.map(({ estimate }) => estimate.basis),
    drawn_to: found.map(({ estimate }) => estimate.drawnTo ?? ""),
    refusal: found.map(({ estimate }) => estimate.refusal ?? ""),
    elasticity: Float64Array.from(found, ({ estimate }) => estimate.elasticity),
    error: Float64Array.from(found, ({ estimate }) => estimate.error),
    cross_elasticity: Float64Array.from(found, ({ cross }) => cross.elasticity),
    cross_error: Float64Array.from(found, ({ cross }) => cross.error),
    cross_refusal: found.map(({ cross }) => cross.refusal ?? ""),
    price: Float64Array.from(found, ({ product }) => product.history.price.at(-1) as number),
  });
}
