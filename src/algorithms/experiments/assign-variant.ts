import { fail } from "../../core/errors.ts";
import { requireAtLeast } from "../require-numbers.ts";

/**
 * Which variant a unit belongs to, without any state: the same unit, salt and weights always give the same index, and
 * another salt gives an independent one. The unit's place in [0, 1) is a 32-bit FNV-1a hash of salt and unit, mixed by
 * the finaliser of MurmurHash3, and the variants share [0, 1) in order by their weights.
 * Input: weights from 0, not all 0, in any unit. Time O(length of the texts + variants); no memory.
 * Errors: `ALGORITHM_INPUT_INVALID` for weights that are negative, not finite, or add up to nothing.
 */
export function assignVariant(unit: string, salt: string, weights: readonly number[]): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    requireAtLeast(weights[i], 0, `weights[${i}]`);
    total += weights[i];
  }
  if (!(total > 0)) throw fail("ALGORITHM_INPUT_INVALID", "weights add up to 0; give one variant a weight above 0.");
  const place = hashToUnit(`${salt}\u0000${unit}`) * total;
  let until = 0;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    until += weights[i];
    last = i;
    if (place < until) return i;
  }
  // Rounding may leave the sum a hair below the total.
  return last;
}

function hashToUnit(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
