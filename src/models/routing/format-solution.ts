import { explainUnassigned, type UnassignedReason } from "../../algorithms/routing/explain-unassigned.ts";
import type { RoutingProblem } from "../../algorithms/routing/routing-problem.ts";
import type { RouteSchedule } from "../../algorithms/routing/schedule-route.ts";
import type { RouteAnswer } from "../../algorithms/routing/solve-routes.ts";
import { MS } from "./build-routing-problem.ts";
import { ASSUMED_SPEED_KMH } from "./great-circle.ts";
import type { Place, VroomJob, VroomProblem, VroomVehicle } from "./vroom-problem.ts";
import type { VroomRoute, VroomSolution, VroomStep } from "./vroom-solution.ts";

const EXPLANATIONS: Readonly<Record<UnassignedReason, string>> = {
  skills: "No vehicle has all the skills it needs.",
  capacity: "It is larger than the capacity of every vehicle with its skills.",
  time: "Even alone on an empty vehicle it would break a time window or a limit on travel.",
  "no-room": "It could be served alone, but not beside the jobs that were served.",
};

/** Writes an answer in VROOM's format. */
export function formatSolution(problem: VroomProblem, routing: RoutingProblem, answer: RouteAnswer): VroomSolution {
  const routes = answer.schedules.map((schedule) => formatRoute(problem, schedule));
  const sum = (pick: (route: VroomRoute) => number): number => routes.reduce((total, route) => total + pick(route), 0);
  const sumAmounts = (pick: (route: VroomRoute) => readonly number[]): number[] =>
    Array.from({ length: problem.dimensionCount }, (_, d) => sum((route) => pick(route)[d] as number));
  const isGreatCircle = problem.travelBasis === "great-circle";
  return {
    code: 0,
    summary: {
      cost: sum((route) => route.cost),
      routes: routes.length,
      unassigned: answer.unassigned.length,
      delivery: sumAmounts((route) => route.delivery),
      pickup: sumAmounts((route) => route.pickup),
      setup: sum((route) => route.setup),
      service: sum((route) => route.service),
      duration: sum((route) => route.duration),
      waiting_time: sum((route) => route.waiting_time),
      priority: sum((route) => route.priority),
      ...(routes.some(({ distance }) => distance !== undefined)
        ? { distance: sum((route) => route.distance ?? 0) }
        : {}),
      violations: [],
      travel_basis: problem.travelBasis,
      ...(isGreatCircle ? { assumed_speed_kmh: ASSUMED_SPEED_KMH } : {}),
    },
    unassigned: answer.unassigned.map((at) => {
      const job = problem.jobs[at] as VroomJob;
      const reason = explainUnassigned(routing, at);
      return {
        id: job.id,
        type: "job",
        ...formatPlace(job.place),
        ...formatText(job.description),
        reason,
        explanation: EXPLANATIONS[reason],
      };
    }),
    routes,
  };
}

function formatRoute(problem: VroomProblem, schedule: RouteSchedule): VroomRoute {
  const vehicle = problem.vehicles[schedule.vehicle] as VroomVehicle;
  const jobs = schedule.stops.map(({ job }) => problem.jobs[job] as VroomJob);
  const hasDistances = problem.matrices.get(vehicle.profile)?.distances !== undefined;
  const distance = (metres: number): { distance?: number } => (hasDistances ? { distance: Math.round(metres) } : {});
  const still = { setup: 0, service: 0, waiting_time: 0, violations: [] } as const;
  const sumOf = (pick: (job: VroomJob) => readonly number[]): number[] =>
    Array.from({ length: problem.dimensionCount }, (_, d) =>
      jobs.reduce((sum, job) => sum + (pick(job)[d] as number), 0),
    );
  const total = (pick: (stop: RouteSchedule["stops"][number]) => number): number =>
    schedule.stops.reduce((sum, stop) => sum + pick(stop), 0);

  const steps: VroomStep[] = [];
  if (vehicle.start !== undefined) {
    steps.push({
      type: "start",
      ...formatPlace(vehicle.start),
      ...still,
      load: schedule.startLoad,
      arrival: toSeconds(schedule.startTime),
      duration: 0,
      ...distance(0),
    });
  }
  schedule.stops.forEach((stop, at) => {
    const job = jobs[at] as VroomJob;
    steps.push({
      type: "job",
      id: job.id,
      ...formatPlace(job.place),
      ...formatText(job.description),
      setup: toSeconds(stop.setup),
      service: toSeconds(stop.service),
      waiting_time: toSeconds(stop.waiting),
      load: stop.load,
      arrival: toSeconds(stop.arrival),
      duration: toSeconds(stop.travel),
      ...distance(stop.distance),
      violations: [],
    });
  });
  if (vehicle.end !== undefined) {
    steps.push({
      type: "end",
      ...formatPlace(vehicle.end),
      ...still,
      load: schedule.stops[schedule.stops.length - 1]?.load ?? [],
      arrival: toSeconds(schedule.endTime),
      duration: toSeconds(schedule.travel),
      ...distance(schedule.distance),
    });
  }
  return {
    vehicle: vehicle.id,
    ...formatText(vehicle.description),
    cost: Math.round(schedule.cost),
    delivery: sumOf((job) => job.delivery),
    pickup: sumOf((job) => job.pickup),
    setup: toSeconds(total((stop) => stop.setup)),
    service: toSeconds(total((stop) => stop.service)),
    duration: toSeconds(schedule.travel),
    waiting_time: toSeconds(total((stop) => stop.waiting)),
    priority: jobs.reduce((sum, job) => sum + job.priority, 0),
    ...distance(schedule.distance),
    steps,
    violations: [],
  };
}

function toSeconds(ms: number): number {
  return Math.round(ms / MS);
}

function formatPlace({ location, locationIndex }: Place): {
  location?: readonly [number, number];
  location_index?: number;
} {
  return {
    ...(location === undefined ? {} : { location }),
    ...(locationIndex === undefined ? {} : { location_index: locationIndex }),
  };
}

function formatText(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}
