import type { ModelConfig } from "./model-config.ts";
import { KNN_BM25, KNN_COSINE, KNN_RP3_BETA } from "./fit-item-knn.ts";

/** One family of models: where its search starts, and what may be better than a given member. */
export interface ModelFamily {
  readonly starts: readonly ModelConfig[];
  neighbours(config: ModelConfig): ModelConfig[];
  /** Trials at most. */
  readonly maxTrials: number;
}

/** Catalogues up to this size get dense EASE: beyond, items² cells and items³ flops are out of proportion. */
const DENSE_EASE_LIMIT = 15_000;

/**
 * The power of weights that is tried beside 1. A random hold-out would go on to 1.5, which is too much where the future is a
 * later period: measured on Online Retail cut at four earlier months.
 */
const SHARP = 1.25;

const FAMILIES = {
  popularity: { starts: [{ method: "popularity" }], neighbours: () => [], maxTrials: 1 },

  ease: {
    starts: [ease(0, 0, 4, SHARP), ease(0.25, 0.25, 4, SHARP), ease(0.25, 0, 4, SHARP)],
    neighbours(config) {
      if (config.method !== "ease") return [];
      const { userPower: a, itemPower: b, ridgeRatio: ratio, weightPower = 1 } = config.params;
      const other = weightPower === 1 ? SHARP : 1;
      const at = (user: number, item: number) => ease(user, item, ratio, weightPower);
      const powers = [at(a + 0.25, b), at(a, b + 0.25), at(a - 0.25, b)].filter(hasSoundPowers);
      const ridges = [ease(a, b, ratio * 2, weightPower), ease(a, b, ratio / 2, weightPower)];
      return [ease(a, b, ratio, other), ...ridges, ...powers];
    },
    maxTrials: 10,
  },

  "sparse-ease": {
    starts: [sparseEase(0, 0, 4, 100, SHARP), sparseEase(0.25, 0.25, 4, 100, SHARP)],
    neighbours(config) {
      if (config.method !== "sparse-ease") return [];
      const { userPower: a, itemPower: b, ridgeRatio: ratio, keep, weightPower = 1 } = config.params;
      const other = weightPower === 1 ? SHARP : 1;
      const at = (ridge: number, near: number) => sparseEase(a, b, ridge, near, weightPower);
      const ridges = [at(ratio * 2, keep), at(ratio / 2, keep)];
      return [sparseEase(a, b, ratio, keep, other), ...ridges, at(ratio, keep === 200 ? 100 : keep * 2)];
    },
    maxTrials: 8,
  },

  "item-knn": {
    starts: [
      { method: "item-knn", params: KNN_COSINE },
      { method: "item-knn", params: { ...KNN_COSINE, keep: 50, historyPower: 0.7, targetPower: 0.3 } },
      { method: "item-knn", params: { ...KNN_COSINE, keep: 200, side: "history", userPower: 1 } },
      { method: "item-knn", params: KNN_RP3_BETA },
      { method: "item-knn", params: KNN_BM25 },
    ],
    neighbours(config) {
      if (config.method !== "item-knn") return [];
      const { params } = config;
      const vary = (change: Partial<typeof params>): ModelConfig => ({
        method: "item-knn",
        params: { ...params, ...change },
      });
      return [
        vary({ keep: params.keep * 2 }),
        vary({ keep: Math.ceil(params.keep / 2) }),
        vary({ shrink: params.shrink === 0 ? 5 : params.shrink * 4 }),
        vary({ userPower: params.userPower === 1 ? 0.5 : 1 }),
        vary({ historyPower: round(params.historyPower + 0.2), targetPower: round(params.targetPower - 0.2) }),
        vary({ historyPower: round(params.historyPower - 0.2), targetPower: round(params.targetPower + 0.2) }),
      ];
    },
    maxTrials: 20,
  },

  "implicit-als": {
    starts: [implicitAls(128, 300, 0.01), implicitAls(128, 800, 0.01)],
    neighbours(config) {
      if (config.method !== "implicit-als") return [];
      const { dim, unobservedMass: mass, regularisation } = config.params;
      const wider = dim < 256 ? [implicitAls(dim * 2, mass, regularisation)] : [];
      const others = [implicitAls(dim, mass / 2, regularisation), implicitAls(dim, mass, regularisation * 2)];
      return [...others, implicitAls(dim, mass, regularisation / 2), ...wider];
    },
    maxTrials: 6,
  },

  "graph-filter": {
    starts: [graphFilter(128, 0.3, 1), graphFilter(256, 0.3, 0)],
    neighbours(config) {
      if (config.method !== "graph-filter") return [];
      const { rank, lowPassWeight: weight, spectralPower: power } = config.params;
      const ranks = rank === 256 ? [128] : [rank * 2, rank / 2];
      const weights = [weight * 3, weight / 3].map((value) => Number(value.toPrecision(1)));
      return [
        graphFilter(rank, weight, power === 0 ? 1 : power * 2),
        ...ranks.map((other) => graphFilter(other, weight, power)),
        ...weights.map((other) => graphFilter(rank, other, power)),
      ];
    },
    maxTrials: 5,
  },

  "user-knn": {
    starts: [userKnn(100, 0, 0.5), userKnn(300, 5, 0.5)],
    neighbours(config) {
      if (config.method !== "user-knn") return [];
      const { keep, shrink, userPower: power } = config.params;
      const powers = [userKnn(keep, shrink, power === 0 ? 0.5 : 0), userKnn(keep, shrink, power === 1 ? 0.5 : 1)];
      const sizes = [userKnn(keep * 2, shrink, power), userKnn(Math.ceil(keep / 2), shrink, power)];
      return [...sizes, userKnn(keep, shrink === 0 ? 5 : shrink * 4, power), ...powers];
    },
    maxTrials: 8,
  },
} as const satisfies Record<ModelConfig["method"], ModelFamily>;

/** Above this size a fit of dense EASE takes long, so that it gets few trials. */
const LARGE_CATALOGUE = 6000;
const TRIALS_WHEN_LARGE = 4;

/**
 * The families to try on a catalogue of this size; the order is that of the trials. User kNN is not among them: its best
 * stays far behind the item models on validation, so that a blend gains nothing from it.
 */
export function familiesFor(itemCount: number): readonly ModelFamily[] {
  const known: readonly ModelFamily[] = Object.values(FAMILIES);
  const all = known.filter((family) => family !== FAMILIES["user-knn"]);
  if (itemCount > DENSE_EASE_LIMIT) return all.filter((family) => family !== FAMILIES.ease);
  if (itemCount <= LARGE_CATALOGUE) return all;
  return all.map((family) => (family === FAMILIES.ease ? { ...family, maxTrials: TRIALS_WHEN_LARGE } : family));
}

/** One family by the name of its method. */
export function familyOf(method: ModelConfig["method"]): ModelFamily {
  return FAMILIES[method];
}

function ease(
  userPower: number,
  itemPower: number,
  ridgeRatio: number,
  weightPower: number,
): ModelConfig & { method: "ease" } {
  return { method: "ease", params: { ridgeRatio, userPower, itemPower, weightPower } };
}

function hasSoundPowers({ params }: { params: { userPower: number; itemPower: number } }): boolean {
  return params.userPower >= 0 && params.userPower <= 0.5 && params.itemPower >= 0 && params.itemPower <= 0.5;
}

function sparseEase(
  userPower: number,
  itemPower: number,
  ridgeRatio: number,
  keep: number,
  weightPower: number,
): ModelConfig {
  return { method: "sparse-ease", params: { ridgeRatio, userPower, itemPower, keep, weightPower } };
}

function implicitAls(dim: number, unobservedMass: number, regularisation: number): ModelConfig {
  return { method: "implicit-als", params: { dim, unobservedMass, regularisation, epochs: 10 } };
}

function userKnn(keep: number, shrink: number, userPower: number): ModelConfig {
  return { method: "user-knn", params: { keep, shrink, userPower } };
}

function graphFilter(rank: number, lowPassWeight: number, spectralPower: number): ModelConfig {
  return { method: "graph-filter", params: { rank, lowPassWeight, spectralPower, userPower: 0.5, itemPower: 0.5 } };
}

/** Powers to one digit, so that a step there and back is the same configuration. */
function round(power: number): number {
  return Math.round(power * 10) / 10;
}
