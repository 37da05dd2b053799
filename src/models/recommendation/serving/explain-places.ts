import type { ItemNeighbours } from "../../../algorithms/recommendation/item-neighbours.ts";
import type { Evidence } from "./tiers.ts";

const MOST = 5;

/** Whose neighbours and which history explain a place. */
export interface Voice {
  readonly neighbours: ItemNeighbours;
  readonly evidence: Evidence;
}

/** A given item and its part of a score, 0 to 1. */
export interface Part {
  readonly item: number;
  readonly share: number;
}

/**
 * Which given items spoke for `item`, loudest first: the terms of the sum that its score is, as shares of it.
 * O(neighbours of the given items).
 */
export function explainItem({ neighbours, evidence }: Voice, item: number): Part[] {
  const { rowPtr, neighbour, score } = neighbours;
  const { given, weights } = evidence;
  const parts: { item: number; share: number }[] = [];
  let total = 0;
  for (let i = 0; i < given.length; i++) {
    const speaker = given[i] as number;
    const to = rowPtr[speaker + 1] as number;
    for (let at = rowPtr[speaker] as number; at < to; at++) {
      if (neighbour[at] !== item) continue;
      const part = (score[at] as number) * (weights === undefined ? 1 : (weights[i] as number));
      total += part;
      parts.push({ item: speaker, share: part });
    }
  }
  return parts
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST)
    .map((part) => ({ item: part.item, share: part.share / total }));
}
