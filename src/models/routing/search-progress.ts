import type { FoundPlan } from "./solve-route.ts";

/** The best plan at a moment of a search. */
export interface SearchProgress {
  readonly elapsedMs: number;
  readonly cost: number;
  /** Tasks left out; a shipment is two. */
  readonly unassigned: number;
  readonly iteration: number;
}

export interface ProgressThinner {
  take(found: FoundPlan): void;
  /** Reports what was held back, once its time has come. */
  tick(): void;
  /** Reports what was held back now. */
  flush(): void;
}

const LEAST_GAP_MS = 50;
const GAP_SHARE = 0.01;

/**
 * Passes on the best plan at most every 50 ms or hundredth of the time so far, whichever is longer: a search finds
 * thousands of better plans in its first second, and a curve of ten minutes needs no more than a few hundred points.
 */
export function createProgressThinner(
  nowMs: () => number,
  report: (progress: SearchProgress) => void,
): ProgressThinner {
  const beganMs = nowMs();
  let lastMs = Number.NEGATIVE_INFINITY;
  let held: SearchProgress | undefined;
  const flush = (): void => {
    if (held === undefined) return;
    lastMs = nowMs() - beganMs;
    report(held);
    held = undefined;
  };
  const tick = (): void => {
    const elapsedMs = nowMs() - beganMs;
    if (elapsedMs - lastMs >= Math.max(LEAST_GAP_MS, GAP_SHARE * elapsedMs)) flush();
  };
  return {
    take: ({ cost, unassigned, iteration }) => {
      held = { elapsedMs: Math.round(nowMs() - beganMs), cost: Math.round(cost), unassigned, iteration };
      tick();
    },
    tick,
    flush,
  };
}
