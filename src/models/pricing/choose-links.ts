import type { DemandLink } from "../../algorithms/pricing/estimate-elasticity.ts";
import { backtestElasticities, LEAST_CASES, TEST_WEEKS, withoutNewest } from "./backtest-elasticities.ts";
import type { ProductPrices } from "./price-histories.ts";

/** The first stands where nothing can be told. */
const LINKS = ["poisson", "tweedie", "log-log"] as const satisfies readonly DemandLink[];

/** How demand of a store's products is taken to follow price, and what each way missed; Poisson deviance a week. */
export interface StoreLink {
  readonly store: string;
  readonly link: DemandLink;
  readonly deviances: Readonly<Partial<Record<DemandLink, number>>>;
}

/**
 * For each store the link whose elasticities forecast held-out units with the least deviance. Held out are the weeks before those
 * that the gate judges by, which stay unseen here. O(weeks · links). Input: histories of all markets together.
 */
export function chooseLinks(products: readonly ProductPrices[]): StoreLink[] {
  const earlier = withoutNewest(products, TEST_WEEKS);
  return [...new Set(products.map(({ store }) => store))].map((store) => {
    const members = earlier.filter((product) => product.store === store);
    const tests = LINKS.map((link) => ({ link, ...backtestElasticities(members, () => link) }));
    const most = Math.max(...tests.map(({ cases }) => cases));
    const told = tests.filter(({ cases }) => cases >= LEAST_CASES && cases === most);
    const least = Math.min(...told.map(({ deviance }) => deviance));
    const link = told.find(({ deviance }) => deviance === least)?.link ?? LINKS[0];
    const deviances = Object.fromEntries(told.map((test) => [test.link, test.deviance]));
    return { store, link, deviances };
  });
}
