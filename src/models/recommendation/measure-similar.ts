import type { ItemNeighbours } from "../../algorithms/recommendation/item-neighbours.ts";
import { createNeighbourScorer } from "../../algorithms/recommendation/score-by-neighbours.ts";
import { createRng, shuffle } from "../../core/rng.ts";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import type { BasketData, BasketLines } from "./basket-data.ts";

const K = 20;
const MOST_CASES = 2000;
const FIGURE = "similarNdcgAt20";

/** An item of a basket, and another one of it that the list of similar items should hold. */
export interface SimilarCase {
  readonly item: number;
  readonly wanted: number;
}

/**
 * Of each basket of the window with two known items or more, two drawn by `seed`, by store; at most 2,000 baskets a store.
 * Models that are given the same lines and seed are asked the same.
 */
export function drawSimilarCases(
  { items }: Pick<BasketData, "items">,
  window: BasketLines,
  isKnownItem: Uint8Array,
  seed: number,
): ReadonlyMap<string, readonly SimilarCase[]> {
  const rng = createRng(seed);
  const baskets = new Map<number, number[]>();
  window.item.forEach((item, at) => {
    if (isKnownItem[item] === 0) return;
    const basket = window.basket[at] as number;
    const known = baskets.get(basket);
    if (known === undefined) baskets.set(basket, [item]);
    else known.push(item);
  });
  const usable = [...baskets.values()].filter((basket) => basket.length >= 2);
  shuffle(usable, rng);
  const byStore = new Map<string, SimilarCase[]>();
  for (const basket of usable) {
    const from = rng.nextInt(basket.length);
    const to = (from + 1 + rng.nextInt(basket.length - 1)) % basket.length;
    const store = items.store[basket[from] as number] as string;
    const cases = byStore.get(store) ?? [];
    byStore.set(store, cases);
    if (cases.length < MOST_CASES) cases.push({ item: basket[from] as number, wanted: basket[to] as number });
  }
  return byStore;
}

/** Mean of 1 / log2(1 + rank) of the wanted item among the first 20 of the neighbours, 0 where it is not; `first` is the number of the neighbours' item 0. */
export function measureSimilar(neighbours: ItemNeighbours, cases: readonly SimilarCase[], first = 0): number {
  const score = createNeighbourScorer(neighbours);
  let sum = 0;
  for (const { item, wanted } of cases) {
    const rank = score({ given: [item - first], n: K }).items.indexOf(wanted - first);
    if (rank >= 0) sum += 1 / Math.log2(rank + 2);
  }
  return sum / Math.max(1, cases.length);
}

/** The figure under the name a card has it by, for each store. */
export function nameSimilarFigures(figures: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...figures].map(([store, value]) => [figures.size === 1 ? FIGURE : `${store}.${FIGURE}`, value]),
  );
}

/**
 * Whether the collaborative model has been measured to say better than co-purchase what lies in a basket with an item of the
 * store; false where one of the two was not measured.
 */
export function isCollaborativeBetter({ models }: Pick<ReleaseManifest, "models">, store: string): boolean {
  const figureOf = (name: string): number => {
    const metrics = models.find((card) => card.name === name)?.metrics ?? {};
    return metrics[`${store}.${FIGURE}`] ?? metrics[FIGURE] ?? Number.NaN;
  };
  return figureOf("collaborative") > figureOf("co-purchase");
}
