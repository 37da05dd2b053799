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
