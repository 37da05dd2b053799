import { fail } from "../core/errors.ts";

/** Refuses NaN and infinities at the door of a method, naming the place. O(n). */
export function requireFinite(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw fail("ALGORITHM_INPUT_INVALID", `${name}[${i}] is ${values[i]}; give finite numbers only.`);
    }
  }
}

/** Refuses a parameter outside [low, high], naming it and the accepted range. */
export function requireBetween(value: number, low: number, high: number, name: string): void {
  if (!(value >= low && value <= high)) {
    throw fail("ALGORITHM_INPUT_INVALID", `${name} is ${value}; it must lie in [${low}, ${high}].`);
  }
}

/** Refuses a parameter that is not a whole number in [low, high]. */
export function requireInteger(value: number, low: number, high: number, name: string): void {
  if (!Number.isInteger(value)) {
    throw fail("ALGORITHM_INPUT_INVALID", `${name} is ${value}; it must be a whole number.`);
  }
  requireBetween(value, low, high, name);
}

/** Refuses a parameter below `low` or not finite, naming it. */
export function requireAtLeast(value: number, low: number, name: string): void {
  if (Number.isFinite(value) && value >= low) return;
  throw fail("ALGORITHM_INPUT_INVALID", `${name} is ${value}; give a number of at least ${low}.`);
}

/** Refuses a share that is not strictly between 0 and 1, naming it. */
export function requireShare(value: number, name: string): void {
  if (value > 0 && value < 1) return;
  throw fail("ALGORITHM_INPUT_INVALID", `${name} is ${value}; give a share above 0 and below 1.`);
}
