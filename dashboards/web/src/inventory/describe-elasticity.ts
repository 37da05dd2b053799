import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { findMessage } from "../text/messages.ts";
import type { ElasticityFigures } from "./inventory-types.ts";

/** The elasticity behind an answer, its interval and what it was learned from, in a sentence. */
export function describeElasticity({ elasticity, low, high, basis }: ElasticityFigures): string {
  return text("stock.elasticity", {
    value: elasticity?.toFixed(2) ?? "",
    low: low?.toFixed(2) ?? "",
    high: high?.toFixed(2) ?? "",
    basis: findMessage(language.value, `stock.basis.${basis}`) ?? basis,
  });
}
