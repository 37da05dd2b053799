import type { Rng } from "../../core/rng.ts";
import type { FleetProblem } from "./fleet-problem.ts";
import { AbsentTasks } from "./absent-tasks.ts";
import { RouteBeginner } from "./begin-routes.ts";
import { Inserter } from "./insertion.ts";
import { InsertionOrders } from "./insertion-orders.ts";
import { MinimumUse } from "./minimum-use.ts";
import { listNearestTasks } from "./nearest-tasks.ts";
import type { SearchCrew } from "./search-crew.ts";
import type { SearchTeam } from "./search-team.ts";
import { RouteBackup } from "./route-backup.ts";
import { RoutePlan } from "./route-plan.ts";
import { countBalance } from "./plan-costs.ts";
import { NOTED, type RoutePool } from "./route-pool.ts";
import { RouteSchedule } from "./route-schedule.ts";
import { startRoutes } from "./start-routes.ts";
import { countServable } from "./trip-loads.ts";
import { StringRemoval } from "./string-removal.ts";
import { isNearlyMetric } from "./uniform-fleet.ts";

export interface SearchOptions {
  readonly rng: Rng;
  /** Share of the budget used so far, 0..1; the search ends at 1. Asked every 64 iterations. */
  readonly spent: (iteration: number) => number;
  /** Iterations that the budget is likely to allow: a long search is laid out in another way than a short one. */
  readonly expectedIterations?: number | undefined;
  /** How hot a search begins, as a share of the usual: less where it begins with a good plan. */
  readonly heat?: number | undefined;
  /** Temperatures follow the cost of the way alone: for plans that have as few vehicles as they will get. */
  readonly isFleetSettled?: boolean | undefined;
  /** Whether a search may end before its budget, once it has little hope of a better plan. */
  readonly mayEndEarly?: boolean | undefined;
  /** What `isWorthGivingUp` says of the problem, if that was asked before. */
  readonly mayGiveUp?: boolean | undefined;
  /** Where the routes that the search meets are to be noted, in problems without rules. */
  readonly pool?: RoutePool | undefined;
  readonly onImprovement?: (found: SearchScore, iteration: number) => void;
  /** Routes to start from, by vehicle; what does not fit is inserted anew. */
  readonly startRoutes?: readonly ArrayLike<number>[];
  /** Searches one large plan of a uniform fleet together with others, instead of exchanging plans. */
  readonly team?: SearchTeam | undefined;
  /** Threads that search together where the problem and the budget suit it. */
  readonly crew?: SearchCrew | undefined;
  /** Asked a few times with the best plan so far: answers with a better one to go on from, if another search has found one. */
  readonly exchange?: ((best: FoundRoutes) => FoundRoutes | undefined) | undefined;
}

/** The less is lost the better; among equals the cheaper is better. Missing routes count as a part of 1. */
export interface SearchScore {
  readonly loss: number;
  readonly cost: number;
}

export interface FoundRoutes extends SearchScore {
  /** Tasks of each vehicle in order. */
  readonly routes: Int32Array[];
}

export interface SearchResult extends FoundRoutes {
  readonly iterations: number;
}

/** Measured on Solomon and X: fewer neighbours are twice as fast and no worse. */
export const NEIGHBOURS = 25;
const ASK_EVERY = 64;
/** Temperatures at the begin and the end, as shares of the mean cost of a task. */
const HOT = 1;
const COLD = 0.003;
/** Chance to go on from a candidate that leaves out more than before, while something is left out: too small a fleet needs it. */
const LOSS_RATE = 0.02;
/**
 * How often a vehicle not used so far, any, begins a route once one was emptied, or without that where work is to be shared; then how often no
 * further one may. Each task alone would be too dear there, all of them together need not be.
 */
const BEGIN_RATE = 0.5;
const BEGIN_RATE_TO_SHARE = 0.05;
const CLOSE_RATE = 0.5;
const EPSILON = 1e-7;
/** Searches of several threads exchange their best plans so many times, at equal shares of the budget. */
export const EXCHANGES = 12;

/**
 * Slack induction by string removals: take out strings of adjacent tasks, insert them again greedily with blinks, accept
 * by simulated annealing. Loss (tasks left out) goes before cost. The same problem, random numbers and budget in
 * iterations give the same routes.
 *
 * Memory O(tasks × neighbours + locations²); an iteration costs about the tasks taken out × neighbours.
 * Source: Christiaens and Vanden Berghe, Transportation Science 54(2), 2020. Departs from it in looking only at positions
 * beside near neighbours, in the orders of insertion by time windows, and in the temperatures, which follow the costs.
 */
export function ruinAndRecreate(problem: FleetProblem, options: SearchOptions): SearchResult {
  const { rng, heat = 1, pool } = options;
  const { nTasks, nVehicles, worth, mate } = problem;
  const plan = new RoutePlan(problem);
  const nNeighbours = Math.min(NEIGHBOURS, Math.max(0, countServable(problem) - 1));
  const neighbours = listNearestTasks(problem, nNeighbours);
  const backup = new RouteBackup(plan);
  const inserter = new Inserter(plan, neighbours, nNeighbours, rng);
  const save = (vehicle: number): void => backup.save(vehicle);
  const removal = new StringRemoval(plan, neighbours, nNeighbours, rng, save, isFleetOpen(problem));
  const orders = new InsertionOrders(problem, rng);

  const absent = new AbsentTasks(nTasks);
  absent.count = startRoutes(plan, options.startRoutes ?? [], absent.tasks);
  let loss = 0;
  let currentLoss = 0;
  const weigh = (task: number): number => worth[task] + (mate[task] >= 0 ? worth[mate[task]] : 0);
  const minimum = problem.rules?.minTasks && new MinimumUse(plan, inserter, backup, rng, problem.rules);
  const beginner = new RouteBeginner(plan, inserter, backup, rng);
  const sharesWork = problem.rules?.balance !== undefined;
  const mayGiveUp = options.mayGiveUp ?? isWorthGivingUp(problem);
  const hasOrders = problem.rules?.orders !== undefined;
  /** Puts absent tasks back; false when it gave up, because more was lost than may be, or as much and the routes became too much dearer. */
  const recreate = (mostLoss: number, mostChange: number): boolean => {
    absent.sort(orders, currentLoss > 0);
    beginner.beginMissing(absent);
    const isBegun = removal.hasEmptied ? rng.next() < BEGIN_RATE : sharesWork && rng.next() < BEGIN_RATE_TO_SHARE;
    if (isBegun) beginner.beginAny(absent);
    plan.isClosed = isBegun && rng.next() < CLOSE_RATE;
    if (mayGiveUp) {
      loss = absent.insertWithin(inserter, backup, weigh, mostLoss, mostChange);
      plan.isClosed = false;
      return loss >= 0;
    }
    // Where tasks must follow others, those that came too early in the order have another turn.
    for (;;) {
      const before = absent.count;
      absent.insert(inserter, backup);
      if (!hasOrders || absent.count === 0 || absent.count === before) break;
    }
    plan.isClosed = false;
    minimum?.repair(absent);
    loss = absent.weigh(weigh) + beginner.weighMissing();
    return true;
  };

  // Without a task a route may take longer where a detour is the faster way.
  const schedule = new RouteSchedule(problem);
  const order = new Int32Array(nTasks);
  const keepsRules = (vehicle: number): boolean => {
    let count = 0;
    for (let node = plan.next[nTasks + vehicle]; node < nTasks; node = plan.next[node]) order[count++] = node;
    return count === 0 || schedule.isFeasible(vehicle, order, count);
  };

  recreate(Infinity, Infinity);
  let cost = countCost(plan);
  let balance = countBalance(plan);
  currentLoss = loss;
  let best: SearchScore = { loss, cost };
  const bestNext = plan.next.slice();
  options.onImprovement?.(best, 0);
  const fixed = options.isFleetSettled === true ? countFixedCost(plan) : 0;
  const scale = (cost - fixed - countSurcharge(plan)) / Math.max(1, nTasks - absent.count);
  const hot = scale * HOT * heat;
  const cooling = COLD / HOT / heat;
  let temperature = hot;
  let nextExchange = 1;
  let iteration = 0;
  for (; ; iteration++) {
    if (iteration % ASK_EVERY === 0) {
      const spent = options.spent(iteration);
      if (spent >= 1 || nTasks === 0) break;
      temperature = hot * cooling ** spent;
      if (options.exchange !== undefined && spent * EXCHANGES >= nextExchange) {
        nextExchange = Math.floor(spent * EXCHANGES) + 1;
        const better = options.exchange({ ...best, routes: readRoutes(problem, bestNext) });
        if (better !== undefined) {
          absent.count = startRoutes(plan, better.routes, absent.tasks);
          best = { loss: better.loss, cost: better.cost };
          bestNext.set(plan.next);
          currentLoss = better.loss;
          cost = countCost(plan);
          balance = countBalance(plan);
        }
      }
    }
    backup.begin();
    absent.keep();
    let used = 0;
    let served = 0;
    for (let v = 0; v < nVehicles; v++) {
      served += plan.taskCount[v];
      if (plan.taskCount[v] > 0) used++;
    }
    removal.run(served / Math.max(1, used));
    absent.add(removal.removed, removal.removedCount);
    const margin = -temperature * Math.log(1 - rng.next());
    const mayLose = best.loss > 0 && rng.next() < LOSS_RATE;
    const isWhole = recreate(mayLose ? Infinity : currentLoss, margin);

    const nextBalance = countBalance(plan);
    const candidate = cost + backup.costChange() + nextBalance - balance;
    const isAccepted =
      isWhole &&
      (problem.rules === undefined || backup.everyChanged(keepsRules)) &&
      (loss === currentLoss ? candidate < cost + margin : loss < currentLoss || mayLose);
    if (pool !== undefined && isWhole && candidate < best.cost * NOTED)
      backup.forEachChanged((v) => pool.add(pool.groupOf[v], plan.next, nTasks + v, plan.routeCost[v]));
    if (isAccepted) {
      cost = candidate;
      balance = nextBalance;
      currentLoss = loss;
      if (loss < best.loss || (loss === best.loss && cost < best.cost - EPSILON)) {
        best = { loss, cost };
        bestNext.set(plan.next);
        options.onImprovement?.(best, iteration);
      }
    } else {
      backup.restore();
      absent.restore();
    }
  }
  return { ...best, routes: readRoutes(problem, bestNext), iterations: iteration };
}

/** Whether vehicles differ or cost something to use. */
export function isFleetOpen({ durations, fixedCost }: FleetProblem): boolean {
  return durations.length > 1 || fixedCost.some((cost) => cost > 0);
}

/** Whether an insertion hardly ever makes a plan cheaper: one half made that is too dear, or leaves a task out, can be given up. */
export function isWorthGivingUp({ rules, costs, nLocations }: FleetProblem): boolean {
  return rules === undefined && [...new Set(costs)].every((legs) => isNearlyMetric(legs, nLocations - 1, nLocations));
}

export function countCost(plan: RoutePlan): number {
  return plan.routeCost.reduce((sum, route) => sum + route, 0) + countBalance(plan);
}

function countSurcharge({ routeSurcharge }: RoutePlan): number {
  return routeSurcharge.reduce((sum, route) => sum + route, 0);
}

function countFixedCost({ taskCount, problem }: RoutePlan): number {
  return problem.fixedCost.reduce((sum, cost, vehicle) => sum + (taskCount[vehicle] > 0 ? cost : 0), 0);
}

export function readRoutes({ nTasks, nVehicles }: FleetProblem, next: Int32Array): Int32Array[] {
  return Array.from({ length: nVehicles }, (_, v) => {
    const tasks: number[] = [];
    for (let node = next[nTasks + v]; node < nTasks; node = next[node]) tasks.push(node);
    return Int32Array.from(tasks);
  });
}
