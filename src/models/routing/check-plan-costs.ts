import type { VroomProblem } from "./vroom-problem.ts";
import type { VroomSolution, VroomStep } from "./vroom-solution.ts";

/** Counts anew what a solution states of its departures from the given steps and of its longest route. O(steps). */
export function checkPlanCosts(
  { tasks, vehicles, planCosts }: VroomProblem,
  solution: VroomSolution,
  faults: string[],
): void {
  const { routes, summary } = solution;
  const expect = (stated: unknown, counted: number, what: string): void => {
    if (typeof stated !== "number" || !(Math.abs(stated - counted) <= 1e-6 * Math.max(1, counted)))
      faults.push(`summary: ${what} is stated as ${String(stated)} but comes to ${counted}`);
  };
  const visits = routes.map(({ vehicle, steps }) => ({ vehicle, names: steps.filter(isTask).map(nameOf) }));
  const { move, reorder, balance } = planCosts;
  if (move !== undefined || reorder !== undefined) {
    let moved = 0;
    let reordered = 0;
    for (const { id, steps } of vehicles) {
      const planned = steps.flatMap(({ kind, index }) =>
        kind === "job" || kind === "pickup" || kind === "delivery" ? [`${kind} ${tasks[index]?.id}`] : [],
      );
      for (const { vehicle, names } of visits) {
        const turns = names.map((name) => planned.indexOf(name)).filter((turn) => turn >= 0);
        if (vehicle !== id) moved += turns.length;
        else reordered += turns.filter((turn, at) => at > 0 && turn < (turns[at - 1] as number)).length;
      }
    }
    expect(summary.stability?.moved.length, moved, "number of moved tasks");
    expect(summary.stability?.reordered.length, reordered, "number of reordered tasks");
    expect(summary.stability?.cost, (move ?? 0) * moved + (reorder ?? 0) * reordered, "cost of changes");
  }
  if (balance !== undefined) {
    const works = routes.map(({ duration, setup, service }) => duration + setup + service);
    const counts = visits.map(({ names }) => names.length);
    const longest = Math.max(0, ...(balance.by === "time" ? works : counts));
    expect(summary.balance?.longest, longest, "longest route");
    expect(summary.balance?.cost, balance.cost * longest, "cost of balance");
  }
}

function isTask({ type }: VroomStep): boolean {
  return type === "job" || type === "pickup" || type === "delivery";
}

function nameOf({ type, id }: VroomStep): string {
  return `${type} ${id}`;
}
