import {
  KNN_COSINE,
  KNN_RP3_BETA,
  type ItemKnnParams,
} from "../../algorithms/recommendation/collaborative/fit-item-knn.ts";
import type { ModelConfig } from "../../algorithms/recommendation/collaborative/model-config.ts";
import { familyOf, type ModelFamily } from "../../algorithms/recommendation/collaborative/search-space.ts";
import type { SparseMatrix } from "../../algorithms/sparse/sparse-matrix.ts";
import { estimateTrialSec, type TrialSize } from "./estimate-trial.ts";

/** A family as the night searches it. */
interface NightlyFamily {
  readonly method: ModelConfig["method"];
  readonly starts: readonly ModelConfig[];
  /** CPU seconds that its trials may take together, as estimated. */
  readonly budgetSec: number;
  /** Trials at most, however cheap. */
  readonly maxTrials: number;
}

/** A good setting on most shops, and a cheaper one for large shops. */
const FIRST_CONFIG: ModelConfig = {
  method: "sparse-ease",
  params: { ridgeRatio: 4, userPower: 0.25, itemPower: 0.25, keep: 100 },
};

const FIRST_NEIGHBOURS = knn({ ...KNN_COSINE, keep: 200, side: "history", userPower: 1 });
/** CPU seconds up to which a trial is good enough to choose the half-life by, which is done four times. */
const MOST_HALF_LIFE_SEC = 2;

/** Settings that are good on most shops; the cheapest starts first, for a large shop tries no more than those. */
const FAMILIES: readonly NightlyFamily[] = [
  { method: "sparse-ease", starts: [FIRST_CONFIG], budgetSec: 7, maxTrials: 5 },
  { method: "ease", starts: [ease(8, 0), ease(4, 0.25)], budgetSec: 6, maxTrials: 5 },
  {
    method: "item-knn",
    starts: [FIRST_NEIGHBOURS, knn(KNN_COSINE), knn(KNN_RP3_BETA)],
    budgetSec: 4,
    maxTrials: 6,
  },
  { method: "implicit-als", starts: [als(64, 800), als(128, 800), als(128, 300)], budgetSec: 6, maxTrials: 4 },
  { method: "graph-filter", starts: [graphFilter(128, 0.3), graphFilter(128, 1)], budgetSec: 4, maxTrials: 3 },
];

/**
 * The families that the night searches in a shop of this size, each with as many trials as its CPU budget pays for. A family
 * whose cheapest start is beyond its budget is left out: dense EASE from some 6,000 items on, where sparse EASE stands for it.
 * Estimates follow from sizes alone, never from a clock: the same shop gets the same search on any machine.
 */
export function nightlyFamilies(train: SparseMatrix): ModelFamily[] {
  const size = sizeOf(train);
  return FAMILIES.flatMap(({ method, starts, budgetSec, maxTrials }): ModelFamily[] => {
    const isAffordable = (config: ModelConfig): boolean => estimateTrialSec(config, size) <= budgetSec;
    const affordable = starts.filter(isAffordable);
    const dearest = Math.max(...affordable.map((config) => estimateTrialSec(config, size)));
    if (affordable.length === 0) return [];
    const paidFor = Math.max(1, Math.floor(budgetSec / dearest));
    return [
      {
        starts: affordable,
        neighbours: (config) =>
          familyOf(method)
            .neighbours(config)
            .filter((next) => isCheap(next, dearest, size)),
        maxTrials: Math.min(maxTrials, paidFor),
      },
    ];
  });
}

/** What half-lives are compared by, before anything else is chosen. */
export function configForHalfLife(train: SparseMatrix): ModelConfig {
  return estimateTrialSec(FIRST_CONFIG, sizeOf(train)) <= MOST_HALF_LIFE_SEC ? FIRST_CONFIG : FIRST_NEIGHBOURS;
}

/** No step of the search may cost much more than its starts, or the budget would not hold. */
function isCheap(config: ModelConfig, dearest: number, size: TrialSize): boolean {
  return estimateTrialSec(config, size) <= 1.5 * dearest;
}

function sizeOf({ rowCount, colCount, rowPtr }: SparseMatrix): TrialSize {
  let squares = 0;
  for (let row = 0; row < rowCount; row++) squares += ((rowPtr[row + 1] as number) - (rowPtr[row] as number)) ** 2;
  return { users: rowCount, items: colCount, pairs: rowPtr[rowCount] as number, squares };
}

function ease(ridgeRatio: number, power: number): ModelConfig {
  return { method: "ease", params: { ridgeRatio, userPower: power, itemPower: 0 } };
}

function knn(params: ItemKnnParams): ModelConfig {
  return { method: "item-knn", params };
}

function als(dim: number, unobservedMass: number): ModelConfig {
  return { method: "implicit-als", params: { dim, unobservedMass, regularisation: 0.01, epochs: 8 } };
}

function graphFilter(rank: number, lowPassWeight: number): ModelConfig {
  const params = { rank, lowPassWeight, spectralPower: 1, userPower: 0.5, itemPower: 0.5 };
  return { method: "graph-filter", params };
}
