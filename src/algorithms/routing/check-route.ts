import type { RouteSchedule } from "./schedule-route.ts";
import type { RoutingProblem } from "./routing-problem.ts";

/**
 * Faults of a schedule, in words; none for a correct one. Independent of the solver on purpose: it replays the route
 * stop by stop from the stated start and compares every stated time, load, distance and cost with the problem's data.
 * O(stops × dimensions).
 */
export function checkRoute(problem: RoutingProblem, schedule: RouteSchedule): string[] {
  const faults: string[] = [];
  const vehicle = problem.vehicles[schedule.vehicle];
  const expect = (stated: number, computed: number, what: string): void => {
    if (Math.abs(stated - computed) > 1e-6 * Math.max(1, Math.abs(computed))) {
      faults.push(`${what} is stated as ${stated} but comes to ${computed}`);
    }
  };

  const load = Array.from({ length: problem.dimensionCount }, () => 0);
  for (const { job } of schedule.stops) {
    for (let d = 0; d < load.length; d++) load[d] += problem.jobs[job].delivery[d];
  }
  const checkLoad = (stated: readonly number[], where: string): void => {
    for (let d = 0; d < load.length; d++) {
      expect(stated[d], load[d], `load ${d} ${where}`);
      if (load[d] > vehicle.capacity[d]) faults.push(`load ${d} ${where} exceeds the capacity ${vehicle.capacity[d]}`);
    }
  };
  checkLoad(schedule.startLoad, "at the start");
  if (schedule.startTime < vehicle.window.start) faults.push(`starts at ${schedule.startTime}, before its window`);
  if (schedule.stops.length > vehicle.maxTasks)
    faults.push(`has ${schedule.stops.length} tasks of ${vehicle.maxTasks}`);

  let clock = schedule.startTime;
  let place = vehicle.startNode;
  let cost = vehicle.fixedCost;
  let travel = 0;
  let distance = 0;
  const drive = (to: number | undefined): void => {
    if (place !== undefined && to !== undefined) {
      const arc = place * problem.nodeCount + to;
      clock += vehicle.durations[arc];
      travel += vehicle.durations[arc];
      distance += vehicle.distances[arc];
      cost += vehicle.costs[arc];
    }
  };

  for (const stop of schedule.stops) {
    const job = problem.jobs[stop.job];
    const name = `job ${stop.job}`;
    const needsSetup = place !== job.node;
    for (const skill of job.skills) if (!vehicle.skills.includes(skill)) faults.push(`${name} needs skill ${skill}`);
    drive(job.node);
    place = job.node;
    expect(stop.arrival, clock, `arrival at ${name}`);
    expect(stop.travel, travel, `travel to ${name}`);
    expect(stop.distance, distance, `distance to ${name}`);
    if (stop.waiting < 0) faults.push(`${name} waits a negative time`);
    clock += stop.waiting;
    const begin = clock;
    if (!job.windows.some((window) => window.start <= begin && begin <= window.end)) {
      faults.push(`${name} begins at ${begin}, outside its time windows`);
    }
    expect(stop.setup, needsSetup ? job.setup : 0, `setup at ${name}`);
    expect(stop.service, job.service, `service at ${name}`);
    clock += stop.setup + stop.service;
    for (let d = 0; d < load.length; d++) load[d] += job.pickup[d] - job.delivery[d];
    checkLoad(stop.load, `after ${name}`);
  }
  drive(vehicle.endNode);
  expect(schedule.endTime, clock, "end of the route");
  expect(schedule.travel, travel, "travel");
  expect(schedule.distance, distance, "distance");
  expect(schedule.cost, cost, "cost");
  if (clock > vehicle.window.end) faults.push(`ends at ${clock}, after its window`);
  if (travel > vehicle.maxTravel) faults.push(`travels ${travel} of ${vehicle.maxTravel}`);
  if (distance > vehicle.maxDistance) faults.push(`drives ${distance} of ${vehicle.maxDistance}`);
  return faults;
}
