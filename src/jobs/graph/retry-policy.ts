import { AppError } from "../../core/errors.ts";
import type { Rng } from "../../core/rng.ts";

export const MAX_ATTEMPTS = 3;

/**
 * How long to wait before the next attempt; undefined when there is none: the error cannot pass by itself, or the
 * attempts are used up. 10 s, then 40 s, ± 20 % so that several processes do not come back at the same instant.
 */
export function planRetry(error: unknown, attempt: number, rng: Rng): number | undefined {
  const mayPass = error instanceof AppError && error.retryable;
  if (!mayPass || attempt >= MAX_ATTEMPTS) return undefined;
  return Math.round(10_000 * 4 ** (attempt - 1) * (0.8 + 0.4 * rng.next()));
}
