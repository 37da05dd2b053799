import type { Rng } from "../../../core/rng.ts";
import type { TopRows } from "../../kernels/select-top-rows.ts";
import type { Incidence } from "../../sparse/incidence.ts";
import { BoundedTop } from "./bounded-top.ts";

/**
 * The standardised scores of one model for the users of a validation: the best `keep` items of each, as `rankHistories`
 * gives them. An item outside a list is taken to have the list's last score, which is what it has at most.
 */
export type CandidateLists = TopRows;

/** What a blend of lists reaches on the validation users. */
export interface BlendQuality {
  readonly recall: number;
  readonly ndcg: number;
}

/** A running blend: per user the items met so far and their blended score above the sum of the floors. */
interface BlendState {
  readonly items: Int32Array[];
  readonly scores: Float32Array[];
}

export interface BlendChoice {
  /** Share of each list in the blend; they sum to 1, or are all 0 where nothing was ever found. */
  readonly weights: Float64Array;
  /** On all validation users. */
  readonly quality: BlendQuality;
}

/** Greedy selections, each on half of the users and half of the lists, that the blend is the mean of. */
const BAGS = 12;
/** Steps of one selection. */
const STEPS = 8;
/** What a step may take of the blend for the list it adds. */
const STEP_SHARES = [0.15, 0.4];
/** A step must gain this share of the objective, or the selection ends: less is noise. */
const LEAST_GAIN = 0.002;
/** Parts with a smaller share of the blend are dropped: they cost a fit and change little. */
const LEAST_SHARE = 0.06;

/**
 * Chooses a blend by bagged ensemble selection. One selection starts from the best list and mixes in again and again,
 * with replacement, the list that helps the mean of recall and NDCG at k most. The shares are the means over many selections on
 * random halves of users and lists, which keeps the blend from fitting the noise of one validation.
 *
 * Time O(bags·steps·lists·users·(keep + items met) / 4). The same seed gives the same blend.
 * Source: Caruana et al., "Ensemble Selection from Libraries of Models" (ICML 2004), with its bagging.
 */
export function chooseBlend(lists: readonly CandidateLists[], relevant: Incidence, k: number, rng: Rng): BlendChoice {
  const measure = createBlendMeter(relevant, k);
  const shares = new Float64Array(lists.length);
  const everyone = Int32Array.from({ length: relevant.rowCount }, (_, user) => user);
  for (let bag = 0; bag < BAGS; bag++) {
    const users = everyone.filter(() => rng.next() < 0.5);
    const bagged = lists.flatMap((_, index) => (rng.next() < 0.5 ? [index] : []));
    selectGreedily(lists, bagged, users, measure, relevant).forEach((share, index) => (shares[index] += share));
  }
  const weights = dropSmallShares(shares);
  let state = emptyState(relevant.rowCount);
  let sum = 0;
  lists.forEach((list, index) => {
    if (weights[index] === 0) return;
    sum += weights[index];
    state = mixIntoState(state, { list, share: weights[index] / sum }, everyone, relevant.colCount);
  });
  return { weights, quality: measure(state, undefined, everyone) };
}

/** The share of each list in one selection; they sum to 1. */
function selectGreedily(
  lists: readonly CandidateLists[],
  bagged: readonly number[],
  users: Int32Array,
  measure: BlendMeter,
  relevant: Incidence,
): number[] {
  let shares = lists.map(() => 0);
  let state = emptyState(relevant.rowCount);
  let reached = 0;
  for (let step = 0; step < STEPS; step++) {
    let [best, bestShare, bestReached] = [-1, 1, reached];
    for (const candidate of bagged) {
      for (const share of step === 0 ? [1] : STEP_SHARES) {
        const quality = objective(measure(state, { list: lists[candidate], share }, users));
        if (quality > bestReached) [best, bestShare, bestReached] = [candidate, share, quality];
      }
    }
    if (best < 0 || bestReached < reached * (1 + LEAST_GAIN)) break;
    shares = shares.map((share, index) => share * (1 - bestShare) + (index === best ? bestShare : 0));
    reached = bestReached;
    state = mixIntoState(state, { list: lists[best], share: bestShare }, users, relevant.colCount);
  }
  return shares;
}

/** Shares that sum to 1, those below the least one dropped; the largest always stays. All zero stays all zero. */
function dropSmallShares(shares: Float64Array): Float64Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return shares;
  const bar = Math.min(LEAST_SHARE * total, Math.max(...shares));
  const kept = shares.map((share) => (share >= bar ? share : 0));
  const sum = kept.reduce((part, share) => part + share, 0);
  return kept.map((share) => share / sum);
}

/** What the search maximises. */
export function objective(quality: BlendQuality): number {
  return (quality.recall + quality.ndcg) / 2;
}

function emptyState(users: number): BlendState {
  return {
    items: Array.from({ length: users }, () => new Int32Array(0)),
    scores: Array.from({ length: users }, () => new Float32Array(0)),
  };
}

/** The score taken for items outside a user's list; 0 where the list is not full, for then no item is left out. */
function lastScore(list: CandidateLists, user: number): number {
  const last = (user + 1) * list.keep - 1;
  return list.keep === 0 || list.items[last] < 0 ? 0 : list.scores[last];
}

/** A list to mix into a blend, and its share of the result. */
interface Addition {
  readonly list: CandidateLists;
  readonly share: number;
}

/** What the blend with an addition, or alone, reaches on the given users. */
type BlendMeter = (state: BlendState, addition: Addition | undefined, users: Int32Array) => BlendQuality;

const NO_LIST: CandidateLists = { keep: 0, items: new Int32Array(0), scores: new Float32Array(0) };

/** A meter with scratch arrays of its own. */
function createBlendMeter(relevant: Incidence, k: number): BlendMeter {
  const total = new Float32Array(relevant.colCount);
  const isWanted = new Uint8Array(relevant.colCount);
  const top = new BoundedTop(k);
  const discounts = Float64Array.from({ length: k }, (_, rank) => 1 / Math.log2(rank + 2));
  return (state, addition, users) => {
    const { list, share } = addition ?? { list: NO_LIST, share: 0 };
    let recall = 0;
    let ndcg = 0;
    for (const user of users) {
      const [known, base] = [state.items[user], state.scores[user]];
      const floor = lastScore(list, user);
      const from = user * list.keep;
      for (let i = 0; i < known.length; i++) total[known[i]] = (1 - share) * base[i];
      for (let at = from; at < from + list.keep && list.items[at] >= 0; at++)
        total[list.items[at]] += share * (list.scores[at] - floor);
      top.clear();
      for (let at = from; at < from + list.keep && list.items[at] >= 0; at++)
        top.offer(list.items[at], total[list.items[at]]);
      for (let at = from; at < from + list.keep && list.items[at] >= 0; at++) total[list.items[at]] = 0;
      for (let i = 0; i < known.length; i++) {
        if (total[known[i]] !== 0) top.offer(known[i], total[known[i]]);
        total[known[i]] = 0;
      }
      const [start, end] = [relevant.rowPtr[user], relevant.rowPtr[user + 1]];
      for (let at = start; at < end; at++) isWanted[relevant.colIdx[at]] = 1;
      const ranked = top.ranked();
      let hits = 0;
      let gain = 0;
      let ideal = 0;
      for (let rank = 0; rank < k; rank++) {
        if (rank < end - start) ideal += discounts[rank];
        if (rank >= ranked.length || isWanted[ranked[rank]] === 0) continue;
        hits++;
        gain += discounts[rank];
      }
      recall += hits / (end - start);
      ndcg += gain / ideal;
      for (let at = start; at < end; at++) isWanted[relevant.colIdx[at]] = 0;
    }
    const count = Math.max(1, users.length);
    return { recall: recall / count, ndcg: ndcg / count };
  };
}

function mixIntoState(state: BlendState, { list, share }: Addition, users: Int32Array, itemCount: number): BlendState {
  const total = new Float32Array(itemCount);
  const next = emptyState(state.items.length);
  for (const user of users) {
    const floor = lastScore(list, user);
    const listed = list.items.subarray(user * list.keep, (user + 1) * list.keep).filter((item) => item >= 0);
    const union = Int32Array.from(new Set([...state.items[user], ...listed]));
    for (let i = 0; i < state.items[user].length; i++)
      total[state.items[user][i]] = (1 - share) * state.scores[user][i];
    for (let i = 0; i < listed.length; i++) total[listed[i]] += share * (list.scores[user * list.keep + i] - floor);
    next.items[user] = union;
    next.scores[user] = Float32Array.from(union, (item) => total[item]);
    for (const item of union) total[item] = 0;
  }
  return next;
}
