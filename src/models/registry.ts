import { collaborative } from "./collaborative/collaborative.ts";
import { seasonalForecast } from "./demand/seasonal-forecast.ts";
import type { Model } from "./model.ts";
import { priceElasticity } from "./pricing/price-elasticity.ts";
import { coPurchase } from "./recommendation/co-purchase.ts";
import { sessionKnn } from "./sessions/session-knn.ts";

/** Every model of the nightly run, the longest fits first: they go on side by side. */
export const allModels: readonly Model[] = [collaborative, seasonalForecast, coPurchase, priceElasticity, sessionKnn];
