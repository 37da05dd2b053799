import { createRng, type Rng } from "../../../core/rng.ts";
import { drawPlane } from "./draw-travel.ts";

export interface RandomEntry {
  readonly id: number;
  readonly [field: string]: unknown;
}

/** As much of the drawn problem as other drawing goes on from. */
export interface RandomProblem {
  readonly jobs: readonly RandomEntry[];
  readonly shipments: readonly { readonly pickup: RandomEntry; readonly delivery: RandomEntry }[];
  readonly vehicles: readonly RandomEntry[];
  readonly matrices: object;
  readonly options?: object;
}

/** A small problem that mixes what VROOM's format knows, reproducible by its seed. */
export function createRandomVroomProblem(seed: number): RandomProblem {
  const rng = createRng(seed);
  const places = 4 + rng.nextInt(8);
  const distances = drawPlane(rng, places, 1000);
  const durations = distances.map((row) => row.map((distance) => (distance === 0 ? 0 : distance + rng.nextInt(40))));
  const dimensions = rng.nextInt(3);
  const amounts = (bound: number): number[] => Array.from({ length: dimensions }, () => rng.nextInt(bound));
  const stop = (id: number): RandomEntry => ({
    id,
    location_index: rng.nextInt(places),
    setup: rng.nextInt(3) * 30,
    service: rng.nextInt(100),
    ...(rng.next() < 0.4 ? { time_windows: drawWindows(rng) } : {}),
    ...(rng.next() < 0.2 ? { service_per_type: { van: 10 } } : {}),
  });
  const demands = (): object => ({
    ...(rng.next() < 0.2 ? { skills: [rng.nextInt(2)] } : {}),
    priority: rng.nextInt(3) * 10,
  });
  return {
    jobs: Array.from({ length: rng.nextInt(8) }, (_, id) => ({
      ...stop(id),
      ...demands(),
      delivery: amounts(4),
      pickup: amounts(3),
    })),
    shipments: Array.from({ length: rng.nextInt(5) }, (_, id) => ({
      ...demands(),
      amount: amounts(4),
      pickup: stop(id),
      delivery: stop(id),
    })),
    vehicles: Array.from({ length: 1 + rng.nextInt(3) }, (_, id) => drawVehicle(rng, id, places, amounts)),
    matrices: { car: { durations, distances } },
  };
}

function drawVehicle(rng: Rng, id: number, places: number, amounts: (bound: number) => number[]): RandomEntry {
  const maybe = (rate: number, field: object): object => (rng.next() < rate ? field : {});
  return {
    id,
    capacity: amounts(6).map((amount) => amount + 4),
    ...(rng.next() < 0.7 ? { start_index: rng.nextInt(places) } : { end_index: rng.nextInt(places) }),
    ...maybe(0.5, { end_index: rng.nextInt(places) }),
    ...maybe(0.6, { skills: [0, 1] }),
    ...maybe(0.6, { time_window: [rng.nextInt(500), 4000 + rng.nextInt(4000)] }),
    ...maybe(0.3, { type: "van" }),
    ...maybe(0.3, { speed_factor: 0.5 + rng.next() }),
    ...maybe(0.3, { max_tasks: 1 + rng.nextInt(6) }),
    ...maybe(0.3, { max_travel_time: 1000 + rng.nextInt(3000) }),
    ...maybe(0.3, { max_distance: 1000 + rng.nextInt(3000) }),
    ...maybe(0.4, { costs: { fixed: rng.nextInt(500), per_hour: 3600, per_km: rng.nextInt(90), per_task_hour: 600 } }),
    ...maybe(0.4, {
      breaks: Array.from({ length: 1 + rng.nextInt(2) }, (_, at) => ({
        id: at,
        service: 100 + rng.nextInt(300),
        time_windows: [[500 + 1500 * at, 1500 + 1500 * at + rng.nextInt(1500)]],
        ...(rng.next() < 0.4 ? { max_load: amounts(5) } : {}),
      })),
    }),
  };
}

function drawWindows(rng: Rng): [number, number][] {
  const first = rng.nextInt(3000);
  const end = first + 200 + rng.nextInt(1500);
  const second = end + 1 + rng.nextInt(1000);
  return rng.next() < 0.7
    ? [[first, end]]
    : [
        [first, end],
        [second, second + 500],
      ];
}
