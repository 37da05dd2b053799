import type { Rng } from "../../core/rng.ts";
import { requireBetween } from "../require-numbers.ts";

export interface ExplorationRequest {
  /** Candidates that are shown without exploration, best first. */
  readonly greedy: ArrayLike<number>;
  /** Candidates that may stand in, none of which is in `greedy`. */
  readonly others: ArrayLike<number>;
  /** With which probability a place explores, 0 to 1. */
  readonly share: number;
  /** Candidates stand in only for one of their own group, so that counts by group stay as they are; missing: all are one. */
  readonly groupOf?: ((candidate: number) => number) | undefined;
  /**
   * Equally likely values of what a candidate may be worth (draws from its posterior, any number but 0). Missing: an
   * exploring place takes each of its arms alike.
   */
  readonly beliefsOf?: ((candidate: number) => ArrayLike<number>) | undefined;
}

export interface ExploredList {
  readonly shown: Int32Array;
  /** With which probability each shown candidate is in the list. Above 0, at most 1. */
  readonly propensities: Float64Array;
}

/**
 * Replaces places of a list at random so that the probability of every shown candidate is known exactly.
 *
 * The others are dealt to the places of their group in turn; a place's arms are its own candidate and those dealt to it. With
 * probability `share` a place explores: it takes an arm at random, alike (ε-greedy), or by Thompson sampling where beliefs
 * are given: one belief of each arm is drawn and the greatest wins, the earlier arm of equals. Arms belong to one place, so
 * that places are independent, no candidate comes twice, and arm a of a place is in the list with probability
 * share · P(a wins) + (1 − share) · [a is the place's own]. P(a wins) is counted over the beliefs, not estimated.
 *
 * Time O(places + others) and for Thompson, a place, O(arms · beliefs²). The same numbers of `rng` give the same list.
 * Errors: `ALGORITHM_INPUT_INVALID` for a share outside 0 to 1.
 * Source: Sutton and Barto (2018), 2.2; Thompson (1933); logged propensities as in Li, Chu, Langford and Wang (2011).
 */
export function exploreList(request: ExplorationRequest, rng: Rng): ExploredList {
  const { greedy, share, beliefsOf } = request;
  requireBetween(share, 0, 1, "share");
  const shown = new Int32Array(greedy.length);
  const propensities = new Float64Array(greedy.length);
  const arms = dealArms(request);
  for (let place = 0; place < greedy.length; place++) {
    const own = arms[place];
    // Always as many random numbers a place, so that a place's luck does not depend on those above it.
    const explores = rng.next() < share;
    const luck = rng.next();
    const beliefs = beliefsOf === undefined ? undefined : own.map((candidate) => beliefsOf(candidate));
    const winner = beliefs === undefined ? Math.floor(luck * own.length) : pickByBelief(beliefs, rng);
    const at = explores ? winner : 0;
    const wins = beliefs === undefined ? 1 / own.length : probabilityOfWinning(beliefs, at);
    shown[place] = own[at];
    propensities[place] = share * wins + (at === 0 ? 1 - share : 0);
  }
  return { shown, propensities };
}

function dealArms({ greedy, others, groupOf }: ExplorationRequest): number[][] {
  const arms = Array.from(greedy, (candidate) => [candidate]);
  const placesOf = new Map<number, { readonly places: number[]; next: number }>();
  for (let place = 0; place < greedy.length; place++) {
    const group = groupOf?.(greedy[place]) ?? 0;
    const known = placesOf.get(group);
    if (known === undefined) placesOf.set(group, { places: [place], next: 0 });
    else known.places.push(place);
  }
  for (let i = 0; i < others.length; i++) {
    const group = placesOf.get(groupOf?.(others[i]) ?? 0);
    if (group !== undefined) arms[group.places[group.next++ % group.places.length]].push(others[i]);
  }
  return arms;
}

function pickByBelief(beliefs: readonly ArrayLike<number>[], rng: Rng): number {
  let best = 0;
  let most = -Infinity;
  for (let arm = 0; arm < beliefs.length; arm++) {
    const value = beliefs[arm][rng.nextInt(beliefs[arm].length)];
    if (value > most) [best, most] = [arm, value];
  }
  return best;
}

/** The mean over the arm's beliefs of the probability that every other arm's belief is lower, or equal and later. */
function probabilityOfWinning(beliefs: readonly ArrayLike<number>[], arm: number): number {
  const own = beliefs[arm];
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    let product = 1;
    for (let rival = 0; rival < beliefs.length && product > 0; rival++) {
      if (rival === arm) continue;
      let beaten = 0;
      for (let j = 0; j < beliefs[rival].length; j++) {
        const value = beliefs[rival][j];
        if (value < own[i] || (value === own[i] && rival > arm)) beaten++;
      }
      product *= beaten / beliefs[rival].length;
    }
    sum += product;
  }
  return sum / own.length;
}
