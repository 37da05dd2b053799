import { binInTeam, type BinningWork } from "./binning-work.ts";
import { type BoostingWork } from "./boosting-work.ts";
import { type BoostingLoss, fillGradients, weightedQuantileInPlace } from "./boosting-loss.ts";
import { addTreeScores, type Forest, layByRow } from "./forest.ts";
import { type Leaf, TreeGrower } from "./grow-tree.ts";
import { type Part, ThreadTeam } from "./thread-team.ts";

/** What the leading thread alone decides. */
export interface Lead {
  /** Writes the rows and features of the next tree. */
  drawTree(): void;
  /** True when no tree is to follow. */
  isDone(forest: Forest, round: number): boolean;
}

/** The part of another thread in what a team does: returns when all is done or any thread failed. */
export function joinTeam(work: BinningWork | BoostingWork, thread: number): void {
  if (work.kind === "binning") binInTeam(work, thread);
  else runInTeam(work, thread);
}

/** Grows the trees of a fit. All threads run this over the same work and end with the same forest. */
export function runInTeam(work: BoostingWork, thread: number, lead?: Lead): Forest {
  const team = new ThreadTeam(thread, work.threadCount, work.control);
  try {
    return boostRounds(work, team, lead);
  } catch (error) {
    team.break();
    throw error;
  }
}

function boostRounds(work: BoostingWork, team: ThreadTeam, lead: Lead | undefined): Forest {
  const { params, columns, rows, drawn, score, binCounts } = work;
  const { lambda, minChildWeight } = params;
  const forest = createForest(params.loss, work);
  const grower = new TreeGrower(work, team);
  const monotone = Int8Array.from(binCounts, (_, feature) => params.monotone?.[feature] ?? 0);
  const own = team.partOf(score.length);
  const seesAllRows = params.rowShare >= 1;
  const ownColumns = seesAllRows ? [] : columns.map((column) => column.subarray(own.from, own.to));
  const ownBins = layByRow(ownColumns, own.to - own.from);
  /** Rows of this thread that the tree does not see, from its first one on. */
  const unseen = new Int32Array(seesAllRows ? 0 : own.to - own.from);
  const ofOwnRows = (values: Float64Array): Float64Array => values.subarray(own.from, own.to);

  for (let round = 0; ; round++) {
    fillGradients(
      params.loss,
      ofOwnRows(work.target),
      ofOwnRows(work.weight),
      ofOwnRows(score),
      ofOwnRows(work.gradient),
      ofOwnRows(work.hessian),
    );
    if (lead !== undefined) {
      if (round === params.rounds || lead.isDone(forest, round)) drawn[2] = 1;
      else lead.drawTree();
    }
    team.meet();
    if (drawn[2] === 1) return forest;
    // Copied: the leading thread may draw the next tree while others still work on this one.
    const [count, features] = [drawn[0], work.features.slice(0, drawn[1])];
    const unseenCount = seesAllRows ? 0 : listUnseen(rows, grower.spansOf(count), team.thread, own, unseen);
    const leaves = grower.grow(forest, count, { lambda, minChildWeight, monotone, features });
    setLeafValues(forest, leaves, work, team);
    // Where a row ended is known of those that the tree saw; the others go down it.
    for (const { node, spans } of leaves) {
      const value = forest.value[node];
      const end = spans[2 * team.thread + 1];
      for (let at = spans[2 * team.thread]; at < end; at++) score[rows[at]] += value;
    }
    // The leading thread writes the rows of the next tree over these.
    if (!seesAllRows) team.meet();
    if (unseenCount > 0) addTreeScores(forest, round, ownBins, ofOwnRows(score), unseen.subarray(0, unseenCount));
  }
}

/** Writes the rows of a thread's block that are not among its ascending rows, counted from the block's start; returns how many. */
function listUnseen(
  rows: Int32Array,
  spans: readonly number[],
  thread: number,
  { from, to }: Part,
  unseen: Int32Array,
): number {
  const end = spans[2 * thread + 1];
  let [at, count] = [spans[2 * thread], 0];
  for (let row = from; row < to; row++) {
    const isSeen = at < end && rows[at] === row ? 1 : 0;
    unseen[count] = row - from;
    count += 1 - isSeen;
    at += isSeen;
  }
  return count;
}

/** Leaf values become what is added to the score: shrunk, and for quantiles the quantile of the residuals, each found by one thread. */
function setLeafValues(forest: Forest, leaves: readonly Leaf[], work: BoostingWork, team: ThreadTeam): void {
  const { leafValues } = work;
  const { loss, learningRate } = work.params;
  if (loss.name === "quantile") {
    const loads = new Float64Array(team.threadCount);
    leaves.forEach((leaf, at) => {
      const thread = loads.indexOf(Math.min(...loads));
      loads[thread] += leaf.rowCount;
      if (thread === team.thread) leafValues[at] = findQuantileValue(leaf, work, loss.level);
    });
    team.meet();
    leaves.forEach(({ node }, at) => (forest.value[node] = leafValues[at]));
  }
  for (const { node } of leaves) forest.value[node] *= learningRate;
}

/** The quantile of the residuals of a leaf's rows. */
function findQuantileValue({ spans, rowCount, low, high }: Leaf, work: BoostingWork, level: number): number {
  const { rows, target, weight, score } = work;
  const residuals = new Float64Array(rowCount);
  const weights = new Float64Array(rowCount);
  let place = 0;
  for (let span = 0; span < spans.length; span += 2) {
    for (let at = spans[span]; at < spans[span + 1]; at++) {
      const row = rows[at];
      residuals[place] = target[row] - score[row];
      weights[place++] = weight[row];
    }
  }
  return Math.min(high, Math.max(low, weightedQuantileInPlace(residuals, weights, rowCount, level)));
}

function createForest(loss: BoostingLoss, { bins, start }: BoostingWork): Forest {
  return {
    loss,
    start,
    bins,
    roots: [],
    feature: [],
    threshold: [],
    missingLeft: [],
    left: [],
    right: [],
    value: [],
    categories: [],
  };
}
