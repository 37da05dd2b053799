import { fail } from "../../../core/errors.ts";
import type { KernelEngine } from "../../kernels/kernel-engine.ts";
import { transposeSparse } from "../../sparse/sparse-matrix.ts";
import { BoundedTop } from "./bounded-top.ts";
import type { FittedModel, Interactions } from "./fitted-model.ts";

export interface UserKnnParams {
  /** Users whose items are counted for each history: those most like it. */
  readonly keep: number;
  /** Common items that are taken off a similarity's trust: w = r · n / (n + shrink), n the number in common. */
  readonly shrink: number;
  /** A user's vote is divided by (items of the user)^power, so that those who have everything do not decide. */
  readonly userPower: number;
}

/**
 * User-based nearest neighbours for small shops: an item's score is the sum of the similarities of the `keep` most similar
 * users who have it. The similarity is Pearson's correlation over all m items of "has it", which for sets of sizes a and b with n in common is
 * (n − a·b/m) / √(a(1 − a/m)·b(1 − b/m)); users not positively correlated have no vote. Interaction weights are not used.
 *
 * Input: interactions users × items. Output: a model with exact fold-in, without explanations (a correlation is not a
 * sum over the history). Time of one history O(Σ over its items of their users + users met·log keep), memory the interactions.
 * Source: Herlocker et al., "An Algorithmic Framework for Performing Collaborative Filtering" (SIGIR 1999), with its
 * significance weighting in the smooth form n / (n + shrink).
 */
export function fitUserKnn(engine: KernelEngine, train: Interactions, params: UserKnnParams): FittedModel {
  if (!(params.keep >= 1 && params.shrink >= 0 && params.userPower >= 0)) {
    throw fail("ALGORITHM_INPUT_INVALID", "keep must be at least 1; shrink and userPower must not be negative.");
  }
  const { memory } = engine;
  const itemCount = train.colCount;
  const usersOf = transposeSparse(train);
  const common = new Int32Array(train.rowCount);
  const met = new Int32Array(train.rowCount);
  const votes = new Float64Array(train.rowCount);
  const nearest = new BoundedTop(Math.min(params.keep, Math.max(1, train.rowCount)));
  const deviation = (size: number): number => size * (1 - size / itemCount);

  return {
    name: "user-knn",
    itemCount,
    addScores(histories, firstRow, rows, out) {
      const rowPtr = memory.ints(histories.rowPtr, histories.rows + 1);
      const colIdx = memory.ints(histories.colIdx, histories.entries);
      const scores = memory.floats(out.address, rows * out.stride);
      for (let row = 0; row < rows; row++) {
        const [from, to] = [rowPtr[firstRow + row], rowPtr[firstRow + row + 1]];
        let metCount = 0;
        for (let at = from; at < to; at++) {
          for (let place = usersOf.rowPtr[colIdx[at]]; place < usersOf.rowPtr[colIdx[at] + 1]; place++) {
            const user = usersOf.colIdx[place];
            if (common[user]++ === 0) met[metCount++] = user;
          }
        }
        nearest.clear();
        for (let index = 0; index < metCount; index++) {
          const user = met[index];
          const size = train.rowPtr[user + 1] - train.rowPtr[user];
          const n = common[user];
          common[user] = 0;
          const spread = deviation(to - from) * deviation(size);
          // Who has everything, or nothing, correlates with nobody.
          if (!(spread > 0)) continue;
          const correlation = (n - ((to - from) * size) / itemCount) / Math.sqrt(spread);
          if (!(correlation > 0)) continue;
          votes[user] = ((correlation * n) / (n + params.shrink)) * size ** -params.userPower;
          nearest.offer(user, correlation);
        }
        for (const user of nearest.ranked()) {
          for (let at = train.rowPtr[user]; at < train.rowPtr[user + 1]; at++) {
            scores[row * out.stride + train.colIdx[at]] += votes[user];
          }
        }
      }
    },
  };
}
