import { addDays } from "../../core/dates.ts";
import { encodeArrow } from "../../warehouse/arrow-table.ts";
import { reportStep, type Model, type ModelOutcome } from "../model.ts";
import { chooseForms } from "./choose-forms.ts";
import { backtestElasticities, LEAST_CASES, TEST_WEEKS } from "./backtest-elasticities.ts";
import { estimateCross, type CrossElasticity } from "./estimate-cross.ts";
import { estimateProducts, type DemandForm, type ProductElasticity } from "./estimate-products.ts";
import { readProductPrices, type ProductPrices } from "./price-histories.ts";

export const ARTEFACT_NAME = "price-elasticity-products.arrow";

const GATE_RULE =
  `On the last ${TEST_WEEKS} weeks, where the price differed from its mean before: the Poisson deviance of units forecast with ` +
  "the elasticity is below that without.";
const UNMEASURED_RULE = "Too few price changes in the last weeks to measure: published with its standard errors.";

/** The others' prices are looked at in all markets together only. */
const UNMEASURED_CROSS = { elasticity: Number.NaN, error: Number.NaN, refusal: "measured-over-all-markets" } as const;

/** Where a store sold nothing yet. */
const PLAIN_FORM: DemandForm = { link: "poisson", hasPromotions: false };

type CrossInMarket = CrossElasticity | typeof UNMEASURED_CROSS;

/** How demand answers to price, for each product; backtested against demand that does not. */
export const priceElasticity: Model = {
  name: "price-elasticity",
  fit: async (context): Promise<ModelOutcome> => {
    reportStep(context, "read prices", 0, 4);
    const histories = await readProductPrices(context.session, context.asOf);
    const products = histories.filter(({ market }) => market === "");
    const parts = histories.filter(({ market }) => market !== "");
    reportStep(context, "choose forms of demand", 1, 4);
    const forms = new Map(chooseForms(products).map((chosen) => [chosen.store, chosen]));
    const formOf = (store: string): DemandForm => forms.get(store) ?? PLAIN_FORM;
    reportStep(context, "backtest", 2, 4);
    const { cases, deviance, plainDeviance } = backtestElasticities(products, formOf);
    reportStep(context, "estimate", 3, 4);
    const estimates = estimateProducts([...products, ...parts], formOf);
    const crosses = estimateCross(products);
    const found = [...products, ...parts].map((product, at) => ({
      product,
      form: formOf(product.store),
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
        parameters: { forms: [...forms.values()] },
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
  found: readonly { product: ProductPrices; form: DemandForm; estimate: ProductElasticity; cross: CrossInMarket }[],
): Uint8Array {
  return encodeArrow({
    store: found.map(({ product }) => product.store),
    product: found.map(({ product }) => product.product),
    market: found.map(({ product }) => product.market),
    currency: found.map(({ product }) => product.currency),
    link: found.map(({ form }) => form.link),
    basis: found.map(({ estimate }) => estimate.basis),
    drawn_to: found.map(({ estimate }) => estimate.drawnTo ?? ""),
    refusal: found.map(({ estimate }) => estimate.refusal ?? ""),
    elasticity: Float64Array.from(found, ({ estimate }) => estimate.elasticity),
    error: Float64Array.from(found, ({ estimate }) => estimate.error),
    cross_elasticity: Float64Array.from(found, ({ cross }) => cross.elasticity),
    cross_error: Float64Array.from(found, ({ cross }) => cross.error),
    cross_refusal: found.map(({ cross }) => cross.refusal ?? ""),
    promotion_pull: Float64Array.from(found, ({ form, estimate }) => (form.hasPromotions ? estimate.pull : Number.NaN)),
    promotion_error: Float64Array.from(found, ({ form, estimate }) =>
      form.hasPromotions ? estimate.pullError : Number.NaN,
    ),
    price: Float64Array.from(found, ({ product }) => product.history.price.at(-1) as number),
    lowest_price: Float64Array.from(found, ({ product }) => Math.min(...product.history.price)),
    highest_price: Float64Array.from(found, ({ product }) => Math.max(...product.history.price)),
  });
}
