import type { CatalogueAnswer } from "../api-types.ts";
import type { Language } from "../text/messages.ts";

/** Words of the catalogue in one language; names that it does not know stand for themselves. */
export interface CatalogueWords {
  readonly metric: (name: string) => string;
  readonly dimension: (name: string) => string;
  /** What a store or market is called; undefined for other dimensions and for ids it does not know. */
  readonly value: (dimension: string, id: string) => string | undefined;
}

export function createCatalogueWords(catalogue: CatalogueAnswer, language: Language): CatalogueWords {
  const metrics = new Map(catalogue.metrics.map((metric) => [metric.name, metric.label[language]]));
  const dimensions = new Map(catalogue.dimensions.map((dimension) => [dimension.name, dimension.label[language]]));
  const values: Readonly<Record<string, ReadonlyMap<string, string>>> = {
    store: new Map(catalogue.stores.map((store) => [store.id, store.name])),
    market: new Map(catalogue.markets.map((market) => [market.id, market.name])),
  };
  return {
    metric: (name) => metrics.get(name) ?? name,
    dimension: (name) => dimensions.get(name) ?? name,
    value: (dimension, id) => values[dimension]?.get(id),
  };
}
