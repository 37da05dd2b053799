import type { Rng } from "../../../core/rng.ts";
import type { VroomSolution } from "../vroom-solution.ts";
import type { RandomEntry, RandomProblem } from "./random-vroom-problem.ts";

/** The problem with limits on shifts and rides, times at which tasks are due, jobs that follow others, tasks locked to vehicles, and traffic, drawn at random. */
export function addRandomRules(problem: RandomProblem, rng: Rng): RandomProblem {
  const maybe = (rate: number, field: () => object): object => (rng.next() < rate ? field() : {});
  const lock = (): object => maybe(0.2, () => ({ locked_vehicle: rng.nextInt(problem.vehicles.length) }));
  const due = ({ time_windows: windows }: RandomEntry): object => {
    const closes = Array.isArray(windows) ? (windows.at(-1) as [number, number])[1] : Infinity;
    return maybe(0.4, () => ({ due: Math.min(closes, rng.nextInt(3000)), late_cost_per_hour: rng.nextInt(3) * 1800 }));
  };
  return {
    ...problem,
    ...maybe(0.5, () => ({ traffic: { car: drawTraffic(rng) } })),
    options: {
      ...maybe(0.3, () => ({ max_vehicles: 1 + rng.nextInt(2) })),
      ...maybe(0.3, () => ({ balance: { by: rng.next() < 0.5 ? "time" : "tasks", cost: rng.nextInt(3) } })),
      ...maybe(0.3, () => ({ stability_cost: rng.nextInt(400), reorder_cost: rng.nextInt(200) })),
    },
    jobs: problem.jobs.map((job, at) => ({
      ...job,
      ...lock(),
      ...due(job),
      ...maybe(0.25, () => ({ after: at === 0 ? [] : [problem.jobs[rng.nextInt(at)]?.id] })),
    })),
    shipments: problem.shipments.map((shipment) => ({
      ...shipment,
      ...lock(),
      pickup: { ...shipment.pickup, ...due(shipment.pickup) },
      delivery: { ...shipment.delivery, ...due(shipment.delivery) },
      ...maybe(0.6, () => ({ max_ride_time: 100 + rng.nextInt(1200) })),
    })),
    vehicles: problem.vehicles.map((vehicle) => ({
      ...vehicle,
      ...maybe(0.6, () => ({ max_duration: 800 + rng.nextInt(3000) })),
      ...maybe(0.5, () => ({
        max_trips: 2 + rng.nextInt(3),
        reloads: Array.from({ length: 1 + rng.nextInt(2) }, (_, id) => ({
          id,
          location_index: rng.nextInt(4),
          service: rng.nextInt(3) * 60,
          ...maybe(0.2, () => ({ time_windows: [[0, 1500 + rng.nextInt(4000)]] })),
        })),
      })),
      ...maybe(0.2, () => ({ min_tasks: 1 + rng.nextInt(4) })),
    })),
  };
}

/** The problem, now and then with a least number of routes that it can be asked for. */
export function addLeastUse(problem: RandomProblem, rng: Rng): RandomProblem {
  if (rng.next() < 0.6) return problem;
  const { max_vehicles = Infinity } = (problem.options ?? {}) as { readonly max_vehicles?: number };
  const min_vehicles = 1 + rng.nextInt(Math.min(max_vehicles, problem.vehicles.length));
  return { ...problem, options: { ...problem.options, min_vehicles } };
}

/** The problem with the routes of a solution as `steps`, a random part of each locked. */
export function lockRandomPrefixes(problem: RandomProblem, { routes }: VroomSolution, rng: Rng): RandomProblem {
  const vehicles = problem.vehicles.map((vehicle) => {
    const steps = (routes.find((route) => route.vehicle === vehicle.id)?.steps ?? [])
      .filter(({ type }) => type !== "start" && type !== "end" && type !== "break")
      .map(({ type, id }) => ({ type, id }));
    const served = steps.filter(({ type }) => type !== "reload").length;
    return { ...vehicle, steps, locked_steps: rng.nextInt(served + 1) };
  });
  return { ...problem, vehicles };
}

/** Up to three periods within the hours in which random problems happen. */
function drawTraffic(rng: Rng): object[] {
  let at = 0;
  return Array.from({ length: 1 + rng.nextInt(3) }, () => {
    const from = at + rng.nextInt(1500);
    at = from + 1 + rng.nextInt(2000);
    return { from, to: at, factor: 0.5 + rng.nextInt(8) / 4 };
  });
}
