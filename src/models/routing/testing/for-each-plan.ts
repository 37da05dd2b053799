/**
 * Shows every way to share out jobs 0 … count − 1 among vehicles, in every order; where some may be left out those are in none of
 * the routes. The routes are the same arrays every time. For tiny problems: O(jobs! × jobs ** vehicles).
 */
export function forEachPlan(
  { jobs, vehicles, mayLeaveOut }: { jobs: number; vehicles: number; mayLeaveOut: boolean },
  visit: (routes: readonly (readonly number[])[]) => void,
): void {
  const routes: number[][] = Array.from({ length: vehicles }, () => []);
  const place = (job: number): void => {
    if (job === jobs) return visit(routes);
    if (mayLeaveOut) place(job + 1);
    for (const route of routes) {
      for (let at = 0; at <= route.length; at++) {
        route.splice(at, 0, job);
        place(job + 1);
        route.splice(at, 1);
      }
    }
  };
  place(0);
}

/** Travel of a route of jobs whose places are one higher than their numbers, from place 0 and back. */
export function measureTour(durations: readonly (readonly number[])[], route: readonly number[]): number {
  const stops = [0, ...route.map((job) => job + 1), 0];
  return stops.slice(1).reduce((sum, to, at) => sum + durations[stops[at]][to], 0);
}
