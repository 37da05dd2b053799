import { addDays } from "../../core/dates.ts";
import { encodeArrow } from "../../warehouse/arrow-table.ts";
import { reportStep, type Model, type ModelOutcome } from "../model.ts";
import { backtestElasticities, LEAST_CASES, TEST_WEEKS } from "./backtest-elasticities.ts";
import { estimateCross, type CrossElasticity } from "./estimate-cross.ts";
import { estimateProducts, type ProductElasticity } from "./estimate-products.ts";
import { readProductPrices, type ProductPrices } from "./price-histories.ts";

export const ARTEFACT_NAME = "price-elasticity-products.arrow";

const GATE_RULE =
  `On the last ${TEST_WEEKS} weeks, where the price differed from its mean before: the Poisson deviance of units forecast with ` +
  "the elasticity is below that without.";
const UNMEASURED_RULE = "Too few price changes in the last weeks to measure: published with its standard errors.";

/** How demand answers to price, for each product; backtested against demand that does not. */
export const priceElasticity: Model = {
  name: "price-elasticity",
  fit: async (context): Promise<ModelOutcome> => {
    reportStep(context, "read prices", 0, 3);
    const products = await readProductPrices(context.session, context.asOf);
    reportStep(context, "backtest", 1, 3);
    const { cases, deviance, plainDeviance } = backtestElasticities(products);
    reportStep(context, "estimate", 2, 3);
    const estimates = estimateProducts(products);
    const crosses = estimateCross(products);
    const found = products.map((product, at) => ({
      product,
      estimate: estimates[at] as ProductElasticity,
      cross: crosses[at] as CrossElasticity,
    }));
    const weeks = Math.max(0, ...products.map(({ history }) => history.units.length));
    const own = found.filter(({ estimate }) => estimate.basis === "own").length;
    const cross = crosses.filter(({ refusal }) => refusal === undefined).length;
    const isMeasured = cases >= LEAST_CASES;
    return {
      card: {
        name: "price-elasticity",
        version: "1",
        artefacts: [ARTEFACT_NAME],
        window: { from: addDays(context.asOf, -7 * weeks + (weeks > 0 ? 1 : 0)), to: context.asOf },
        trainedOn: products.reduce((sum, { history }) => sum + history.units.length, 0),
        parameters: {},
        metrics: { products: found.length, own, cross, ...(cases > 0 ? { deviance, weeks: cases } : {}) },
        baseline: cases > 0 ? { deviance: plainDeviance } : {},
        gate: { rule: isMeasured ? GATE_RULE : UNMEASURED_RULE, passed: !isMeasured || deviance < plainDeviance },
        seed: context.seed,
      },
      files: [{ name: ARTEFACT_NAME, bytes: encodeProducts(found) }],
    };
  },
};

function encodeProducts(
  found: readonly { product: ProductPrices; estimate: ProductElasticity; cross: CrossElasticity }[],
): Uint8Array {
  return encodeArrow({
    store: found.map(({ product }) => product.store),
    product: found.map(({ product }) => product.product),
    currency: found.map(({ product }) => product.currency),
    basis: found.map(({ estimate }) => estimate.basis),
    refusal: found.map(({ estimate }) => estimate.refusal ?? ""),
    elasticity: Float64Array.from(found, ({ estimate }) => estimate.elasticity),
    error: Float64Array.from(found, ({ estimate }) => estimate.error),
    cross_elasticity: Float64Array.from(found, ({ cross }) => cross.elasticity),
    cross_error: Float64Array.from(found, ({ cross }) => cross.error),
    cross_refusal: found.map(({ cross }) => cross.refusal ?? ""),
    price: Float64Array.from(found, ({ product }) => product.history.price.at(-1) as number),
  });
}
