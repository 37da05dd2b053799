import { AbsentTasks } from "./absent-tasks.ts";
import { Inserter } from "./insertion.ts";
import { InsertionOrders } from "./insertion-orders.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { listNearestTasks } from "./nearest-tasks.ts";
import { RouteBackup } from "./route-backup.ts";
import { RoutePlan } from "./route-plan.ts";
import {
  countCost,
  type FoundRoutes,
  NEIGHBOURS,
  readRoutes,
  type SearchOptions,
  type SearchResult,
} from "./ruin-and-recreate.ts";
import { startRoutes } from "./start-routes.ts";
import { StringRemoval } from "./string-removal.ts";

const ASK_EVERY = 64;
/** Temperatures, as shares of the mean cost of a task without the fixed cost of vehicles. */
const HOT = 1;
const COLD = 0.01;

/**
 * Serves all tasks with fewer vehicles: closes a route, and ruins and recreates the others until its tasks have found room. Tasks that were often
 * left over count more, so that the search makes room for the awkward ones first. Ends with the budget or at `fewest` vehicles.
 * From a plan that serves all; the vehicles must be alike. Source: Christiaens and Vanden Berghe, Transportation Science 54(2), 2020, section 5.
 */
export function reduceFleet(
  problem: FleetProblem,
  given: FoundRoutes,
  fewest: number,
  options: Pick<SearchOptions, "rng" | "spent" | "onImprovement">,
): SearchResult {
  const { rng } = options;
  const { nTasks, nVehicles, mate } = problem;
  const maxTasks = Int32Array.from(problem.maxTasks);
  const limited: FleetProblem = { ...problem, maxTasks };
  const plan = new RoutePlan(limited);
  const nNeighbours = Math.min(NEIGHBOURS, Math.max(0, nTasks - 1));
  const neighbours = listNearestTasks(limited, nNeighbours);
  const backup = new RouteBackup(plan);
  const inserter = new Inserter(plan, neighbours, nNeighbours, rng);
  const removal = new StringRemoval(plan, neighbours, nNeighbours, rng, (vehicle) => backup.save(vehicle), false);
  const orders = new InsertionOrders(limited, rng);
  const leftOver = new Float64Array(nTasks);
  const absent = new AbsentTasks(nTasks);
  absent.count = startRoutes(plan, given.routes, absent.tasks);
  let best = given;
  let nUsed = plan.taskCount.reduce((count, tasks) => count + Math.min(1, tasks), 0);
  if (absent.count > 0) return { ...given, iterations: 0 };

  const weigh = (task: number): number => 1 + leftOver[task];
  /** Closes the route whose tasks were left over least, and all unused ones. */
  const closeRoute = (): void => {
    let least = Infinity;
    let closed = -1;
    for (let vehicle = 0; vehicle < nVehicles; vehicle++) {
      if (plan.taskCount[vehicle] === 0) {
        maxTasks[vehicle] = 0;
        continue;
      }
      let weight = 0;
      for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) weight += weigh(node);
      if (weight >= least) continue;
      least = weight;
      closed = vehicle;
    }
    for (let node = plan.next[nTasks + closed]; node < nTasks; node = plan.next[nTasks + closed]) {
      plan.unlink(node);
      if (mate[node] < 0 || problem.isPickup[node] === 1) absent.tasks[absent.count++] = node;
    }
    plan.refreshRoute(closed);
    maxTasks[closed] = 0;
    nUsed--;
  };
  let cost = countCost(plan);
  const scale = (cost - nUsed * problem.fixedCost[0]) / Math.max(1, nTasks);
  let temperature = scale * HOT;
  let iteration = 0;
  for (; ; iteration++) {
    if (absent.count === 0) {
      if (iteration > 0) {
        best = { loss: 0, cost, routes: readRoutes(problem, plan.next) };
        options.onImprovement?.(best, iteration);
      }
      if (nUsed <= fewest) break;
      closeRoute();
      cost = countCost(plan);
    }
    if (iteration % ASK_EVERY === 0) {
      const spent = options.spent(iteration);
      if (spent >= 1) break;
      temperature = scale * HOT * (COLD / HOT) ** spent;
    }
    backup.begin();
    absent.keep();
    removal.run(nTasks / nUsed);
    absent.add(removal.removed, removal.removedCount);
    absent.sort(orders, false);
    absent.insert(inserter, backup);
    const weight = absent.weigh(weigh);
    const previousWeight = absent.weighKept(weigh);
    const candidate = cost + backup.costChange();
    const isAccepted =
      absent.count < absent.keptCount ||
      weight < previousWeight ||
      (weight === previousWeight && candidate < cost - temperature * Math.log(1 - rng.next()));
    for (let i = 0; i < absent.count; i++) leftOver[absent.tasks[i]]++;
    if (isAccepted) {
      cost = candidate;
    } else {
      backup.restore();
      absent.restore();
    }
  }
  return { ...best, iterations: iteration };
}
