import type { DemandLink } from "../../algorithms/pricing/estimate-elasticity.ts";
import { backtestElasticities, LEAST_CASES, TEST_WEEKS, withoutNewest } from "./backtest-elasticities.ts";
import type { DemandForm } from "./estimate-products.ts";
import type { ProductPrices } from "./price-histories.ts";

/** The first stands where nothing can be told. */
const LINKS = ["poisson", "tweedie", "log-log"] as const satisfies readonly DemandLink[];

/** How demand of a store's products is taken to follow price, and the Poisson deviance a week that each way missed by. */
export interface StoreForm extends DemandForm {
  readonly store: string;
  readonly deviances: Readonly<Partial<Record<DemandLink | "withPromotions", number>>>;
}

/**
 * For each store the link whose elasticities forecast held-out units with the least deviance, and promotions told apart from price
 * where that lessens it further. Held out are the weeks before those that the gate judges by, which stay unseen here.
 * O(weeks · links). Input: histories of all markets together.
 */
export function chooseForms(products: readonly ProductPrices[]): StoreForm[] {
  const earlier = withoutNewest(products, TEST_WEEKS);
  return [...new Set(products.map(({ store }) => store))].map((store) => {
    const members = earlier.filter((product) => product.store === store);
    const test = (form: DemandForm) => ({ ...form, ...backtestElasticities(members, () => form) });
    const tests = LINKS.map((link) => test({ link, hasPromotions: false }));
    const most = Math.max(...tests.map(({ cases }) => cases));
    const told = tests.filter(({ cases }) => cases >= LEAST_CASES && cases === most);
    const least = Math.min(...told.map(({ deviance }) => deviance));
    const best = told.find(({ deviance }) => deviance === least);
    if (best === undefined) return { store, link: LINKS[0], hasPromotions: false, deviances: {} };
    const apart = test({ link: best.link, hasPromotions: true });
    const hasPromotions = apart.cases === best.cases && apart.deviance < best.deviance;
    const deviances = Object.fromEntries(told.map(({ link, deviance }) => [link, deviance]));
    return { store, link: best.link, hasPromotions, deviances: { ...deviances, withPromotions: apart.deviance } };
  });
}
