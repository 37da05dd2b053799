import { fail } from "../../../core/errors.ts";
import type { Knobs } from "./knobs.ts";

/** Refuses what no list can be made with. Errors: `REQUEST_INVALID` with the field. */
export function requireKnobs({ n, priceFromMinor, priceToMinor }: Knobs): void {
  if (!Number.isInteger(n) || n < 1 || n > 100) {
    throw fail("REQUEST_INVALID", `n is ${n}; it must be a whole number from 1 to 100.`, {
      errors: [{ pointer: "/n", message: "must be a whole number from 1 to 100" }],
    });
  }
  if (priceFromMinor !== undefined && priceToMinor !== undefined && priceFromMinor > priceToMinor) {
    const message = `priceToMinor is ${priceToMinor}; it must be at least priceFromMinor, ${priceFromMinor}.`;
    throw fail("REQUEST_INVALID", message, { errors: [{ pointer: "/priceToMinor", message }] });
  }
}
