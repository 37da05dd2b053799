import type { SearchProgress } from "./vroom.ts";

const MARGIN = 4;

/**
 * Path of the best cost over time as stairs, the last step drawn to the end. Plans that leave out more than the best one
 * does are not drawn: their cost says nothing.
 */
export function drawCostCurve(
  found: readonly SearchProgress[],
  limitMs: number,
  width: number,
  height: number,
): string {
  const fewest = Math.min(...found.map(({ unassigned }) => unassigned));
  const shown = found.filter(({ unassigned }) => unassigned === fewest);
  const costs = shown.map(({ cost }) => cost);
  const low = Math.min(...costs);
  const span = Math.max(...costs) - low || 1;
  const endMs = Math.max(limitMs, found.at(-1)?.elapsedMs ?? 0);
  const x = (ms: number): string => ((ms / endMs) * width).toFixed(1);
  const y = (cost: number): string => (height - MARGIN - ((cost - low) / span) * (height - 2 * MARGIN)).toFixed(1);
  const stairs = shown.map(({ elapsedMs, cost }, at) =>
    at === 0 ? `M${x(elapsedMs)} ${y(cost)}` : `H${x(elapsedMs)}V${y(cost)}`,
  );
  return `${stairs.join("")}H${width}`;
}
