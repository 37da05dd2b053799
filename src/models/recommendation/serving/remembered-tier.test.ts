import { expect, it } from "vitest";
import { createNeighbourScorer } from "../../../algorithms/recommendation/score-by-neighbours.ts";
import { createCandidatePool } from "./candidate-pool.ts";
import { createRememberedTier } from "./remembered-tier.ts";
import { neighbourTier } from "./tiers.ts";

const ITEMS = 500;
/** Item 0 goes with all others, the less the greater their number. */
const neighbours = {
  itemCount: ITEMS,
  rowPtr: Int32Array.from({ length: ITEMS + 1 }, (_, item) => (item === 0 ? 0 : ITEMS - 1)),
  neighbour: Int32Array.from({ length: ITEMS - 1 }, (_, at) => at + 1),
  score: Float32Array.from({ length: ITEMS - 1 }, (_, at) => 1 / (at + 1)),
  support: Int32Array.from({ length: ITEMS - 1 }, (_, at) => at),
};

it.each([0, 3, 150, 190, 450])(
  "gives what scoring anew gives, asked again too, with %i items barred",
  (barredCount) => {
    const score = createNeighbourScorer(neighbours);
    const remembered = createRememberedTier(score);
    const mask = Uint8Array.from({ length: ITEMS }, (_, item) => (item <= barredCount ? 1 : 0));
    const evidence = { given: [0] };
    const list = (tier: ReturnType<typeof remembered>) => {
      const pool = createCandidatePool(ITEMS);
      pool.reset(mask);
      tier.fill(pool, 60, 0);
      const columns = [pool.items, pool.scores, pool.because, pool.support];
      return columns.map((column) => [...column.subarray(0, pool.size)]);
    };
    const anew = list(neighbourTier(score, "customer", evidence));
    expect(anew[0]).toHaveLength(Math.min(60, ITEMS - 1 - barredCount));
    expect(list(remembered(4, evidence))).toEqual(anew);
    expect(list(remembered(4, evidence))).toEqual(anew);
  },
);
