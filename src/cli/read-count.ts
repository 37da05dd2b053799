import { fail } from "../core/errors.ts";

/** A whole number from 1; throws `REQUEST_INVALID` naming the option. */
export function readCount(text: string, option: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw fail("REQUEST_INVALID", `${option} "${text}" must be a whole number from 1.`);
  }
  return count;
}
