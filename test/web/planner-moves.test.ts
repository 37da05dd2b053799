import { describe, expect, test } from "vitest";
import { createExample, createTripExample } from "../../dashboards/web/src/planner/create-example.ts";
import { moveStop, orderOf, toPlanProblem, type Stop } from "../../dashboards/web/src/planner/edit-plan.ts";
import { narrowProblem, widenPlan } from "../../dashboards/web/src/planner/narrow-plan.ts";
import { lockStop, NO_LOCKS, tieStops } from "../../dashboards/web/src/planner/plan-locks.ts";
import type { RoutePlan, RouteProblem } from "../../dashboards/web/src/planner/vroom.ts";
import { createRng } from "../../src/core/rng.ts";
import { solveRoute } from "../../src/models/routing/solve-route.ts";

/** Shipments among jobs, two of which are tied to vehicles. */
function createShipments(): RouteProblem {
  const { vehicles, jobs = [] } = createExample(24);
  const [first, second] = [jobs.slice(0, 8), jobs.slice(8, 16)];
  const half = ({ id, location, service }: (typeof jobs)[number]) => ({ id, location, service });
  const problem: RouteProblem = {
    vehicles,
    jobs: jobs.slice(16),
    shipments: first.map((pickup, at) => ({
      pickup: half(pickup),
      delivery: half(second[at]),
      amount: [1 + at],
    })),
  };
  const tied = lockStop(problem, NO_LOCKS, { type: "delivery", id: 12 }, 3);
  return tieStops(problem, lockStop(problem, tied, { type: "job", id: 20 }, 1));
}

/** Plans from the API's own code, whose format the page reads. */
const plan = (problem: RouteProblem): RoutePlan => solveRoute(problem, { iterations: 200 });

function comparable({ summary, unassigned, routes }: RoutePlan): object {
  const byName = (a: { type: string; id: number }, b: { type: string; id: number }): number =>
    a.type.localeCompare(b.type) || a.id - b.id;
  return {
    summary: { ...summary, violations: summary.violations.toSorted((a, b) => a.cause.localeCompare(b.cause)) },
    unassigned: unassigned.map(({ type, id }) => ({ type, id })).toSorted(byName),
    routes,
  };
}

describe("a change by hand", () => {
  test.each([
    ["stops with windows", () => createExample(60)],
    ["trips and due times", createTripExample],
    ["shipments and ties", createShipments],
  ])("of %s is checked by its part as by the whole", (_name, create) => {
    const problem = create();
    const rng = createRng(7);
    let order = orderOf(problem, plan(problem));
    let shown = plan(toPlanProblem(problem, order));
    let narrowed = 0;
    for (let move = 0; move < 40; move++) {
      const stops = [...order.values()].flat().filter(({ type }) => type !== "reload");
      const left: Stop[] = shown.unassigned.map(({ type, id }) => ({ type, id }));
      const choices = [...stops, ...left];
      const stop = choices[Math.floor(rng.next() * choices.length)];
      const vehicle = problem.vehicles[Math.floor(rng.next() * problem.vehicles.length)]?.id;
      const target = move % 9 === 8 ? undefined : vehicle;
      const changed = moveStop(problem, order, stop, target, Math.floor(rng.next() * 6));
      const narrow = narrowProblem(problem, order, changed);
      const whole = plan(toPlanProblem(problem, changed));
      if (narrow !== undefined) narrowed++;
      shown = narrow === undefined ? whole : widenPlan(problem, shown, narrow, plan(toPlanProblem(narrow, changed)));
      expect(comparable(shown)).toEqual(comparable(whole));
      order = changed;
    }
    expect(narrowed).toBeGreaterThan(20);
  });

  test("of a problem with options or orders that join routes is checked as a whole", () => {
    const problem = createExample(12);
    const order = orderOf(problem, plan(problem));
    const [stop] = [...order.values()].flat();
    const changed = moveStop(problem, order, stop, undefined, 0);
    expect(narrowProblem(problem, order, changed)?.vehicles).toHaveLength(1);
    expect(narrowProblem({ ...problem, options: { max_vehicles: 2 } }, order, changed)).toBeUndefined();
    const jobs = (problem.jobs ?? []).map((job) => (job.id === 5 ? { ...job, after: [6] } : job));
    expect(narrowProblem({ ...problem, jobs }, order, changed)).toBeUndefined();
    expect(narrowProblem(problem, order, order)).toBeUndefined();
  });
});
