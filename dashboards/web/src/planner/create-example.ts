import type { RouteProblem } from "./vroom.ts";

const CENTRE = [4.895, 52.37] as const;
const HOUR = 3600;

/** A day of parcels around a depot, the same every time: windows for a third of them, two that no van can serve. */
export function createExample(stops: number): RouteProblem {
  const next = createNumbers(stops);
  const jobs = Array.from({ length: stops }, (_, at) => {
    const angle = next() * 2 * Math.PI;
    const reach = 0.16 * Math.sqrt(next());
    const opens = (8 + Math.floor(next() * 7)) * HOUR;
    const hasWindow = next() < 0.33;
    return {
      id: at + 1,
      location: [round(CENTRE[0] + Math.cos(angle) * reach * 1.6), round(CENTRE[1] + Math.sin(angle) * reach)],
      service: 180,
      delivery: [1 + Math.floor(next() * 4)],
      ...(hasWindow ? { time_windows: [[opens, opens + 3 * HOUR]] } : {}),
      ...(at === 3 ? { skills: [9] } : {}),
      ...(at === 7 ? { delivery: [500] } : {}),
    };
  });
  const vans = Math.max(3, Math.ceil(stops / 22));
  return {
    vehicles: Array.from({ length: vans }, (_, at) => ({
      id: at + 1,
      start: [...CENTRE],
      end: [...CENTRE],
      capacity: [80],
      time_window: [8 * HOUR, 18 * HOUR],
    })),
    jobs,
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}

/** Numbers in [0, 1) from a seed; a linear congruential generator is random enough for a picture. */
function createNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Two vans that come back to load again, and parcels that should be there by an hour: not all of them can, at a cost. */
export function createTripExample(): RouteProblem {
  const { jobs = [], vehicles } = createExample(26);
  return {
    vehicles: vehicles.slice(0, 2).map((vehicle) => ({
      ...vehicle,
      capacity: [16],
      max_trips: 4,
      reloads: [{ id: 1, location: [...CENTRE], service: 900, description: "Depot" }],
    })),
    jobs: jobs.map(({ time_windows: _windows, skills: _skills, ...job }, at) => ({
      ...job,
      delivery: [1 + (at % 4)],
      ...(at % 2 === 0 ? { due: (9 + (at % 5)) * HOUR, late_cost_per_hour: 600 } : {}),
    })),
  };
}
