import type { Stop } from "../../core/stop.ts";
import type { DraftPlan } from "./draft-plan.ts";
import { insertJobsInPlace } from "./insert-jobs.ts";
import { moveSegmentInPlace } from "./moves/move-segment.ts";
import { replaceJobInPlace } from "./moves/replace-job.ts";
import { reverseSegmentInPlace } from "./moves/reverse-segment.ts";
import { swapSegmentsInPlace } from "./moves/swap-segments.ts";

const MOVES = [moveSegmentInPlace, reverseSegmentInPlace, swapSegmentsInPlace, replaceJobInPlace];

/**
 * Local search: repeats the first improving move of any kind until there is none or `stop` says so, and puts
 * unassigned jobs in whenever a change made room. Never makes a plan worse in the order of `comparePlans`.
 */
export function improvePlanInPlace(plan: DraftPlan, stop: Stop): void {
  let iteration = 0;
  const runMoves = (): boolean => MOVES.some((move) => move(plan));
  while (!stop.shouldStop(iteration++) && runMoves()) {
    if (plan.unassigned.length > 0) insertJobsInPlace(plan, 2);
  }
}
