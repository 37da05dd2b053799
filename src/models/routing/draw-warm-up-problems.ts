import { createRng, type Rng } from "../../core/rng.ts";

const STOPS = 25;
const SHIPMENTS = 3;
const VEHICLES = 3;
const CAPACITY = 10;
const SEED = 1;

/** Small problems of the kinds that most requests are, to get the code ready with: jobs alone, then shipments among them. */
export function drawWarmUpProblems(): object[] {
  const rng = createRng(SEED);
  return [0, SHIPMENTS].map((shipments) => {
    const depot = drawPoint(rng);
    return {
      vehicles: Array.from({ length: VEHICLES }, (_, id) => ({
        id,
        start: depot,
        end: depot,
        capacity: [CAPACITY],
        time_window: [0, 36_000],
      })),
      jobs: Array.from({ length: STOPS - 2 * shipments }, (_, id) => ({ ...drawStop(rng, id), delivery: [1] })),
      shipments: Array.from({ length: shipments }, (_, id) => ({
        pickup: drawStop(rng, id),
        delivery: drawStop(rng, id),
        amount: [1],
      })),
    };
  });
}

/** Every other stop has a window. */
function drawStop(rng: Rng, id: number): object {
  const opens = rng.nextInt(20_000);
  const windows = id % 2 === 0 ? { time_windows: [[opens, opens + 7200]] } : {};
  return { id, location: drawPoint(rng), service: 200, ...windows };
}

function drawPoint(rng: Rng): [number, number] {
  return [2 + rng.next() * 0.4, 48 + rng.next() * 0.3];
}
