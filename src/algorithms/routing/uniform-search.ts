import type { FleetProblem } from "./fleet-problem.ts";
import { InsertionOrders } from "./insertion-orders.ts";
import { isBetterScore } from "./plan-board.ts";
import { NOTED } from "./route-pool.ts";
import { EXCHANGES, type SearchOptions, type SearchResult, type SearchScore } from "./ruin-and-recreate.ts";
import { findShortestOrder, MOST_ORDERED } from "./shortest-order.ts";
import type { UniformFleet } from "./uniform-fleet.ts";
import { UniformInsertion } from "./uniform-insertion.ts";
import { listUniformNeighbours } from "./uniform-neighbours.ts";
import { UniformPlan } from "./uniform-plan.ts";
import { UniformRemoval } from "./uniform-removal.ts";

const NEIGHBOURS = 25;
const NEAR = 100;
const ASK_EVERY = 64;
/**
 * Temperatures at the begin and the end, as shares of the mean cost of a task. Where windows bind, plans differ more: hotter. Measured on Solomon, Gehring and Homberger, and X.
 */
const HOT_TIMED = 10;
const COLD_TIMED = 0.02;
const HOT = 1;
const COLD = 0.01;
const LOSS_RATE = 0.02;
const EPSILON = 1e-7;
/** Meetings of a team, at equal shares of the budget: often enough that every border is soon inside a part. */
const MEETINGS = 60;

/**
 * `ruinAndRecreate` for uniform fleets. The acceptance threshold is drawn before the tasks are put back, so that a plan
 * that is too dear is given up half-way. An iteration costs the same whatever the number of tasks, where windows never bind;
 * else it grows with the length of a route. Memory O(tasks²).
 */
export function searchUniform(problem: FleetProblem, fleet: UniformFleet, options: SearchOptions): SearchResult {
  const { rng, heat = 1, pool } = options;
  const { nTasks, worth } = fleet;
  const plan = new UniformPlan(fleet);
  const neighbours = listUniformNeighbours(fleet, NEIGHBOURS, NEAR);
  const insertion = new UniformInsertion(plan, neighbours, rng);
  const removal = new UniformRemoval(plan, neighbours, rng);
  const orders = new InsertionOrders(problem, rng);
  const absent = new Int32Array(nTasks);
  const previousAbsent = new Int32Array(nTasks);
  let nAbsent = layStartRoutes(plan, options.startRoutes ?? [], absent);
  let loss = 0;
  let currentLoss = 0;

  /** Puts absent tasks back; false when it gave up because the plan became dearer than `limit`. */
  const recreate = (limit: number): boolean => {
    orders.sort(absent, nAbsent, currentLoss > 0);
    let left = 0;
    loss = 0;
    for (let i = 0; i < nAbsent; i++) {
      const task = absent[i];
      if (insertion.search(task)) {
        plan.link(task, insertion.bestBefore, insertion.bestRoute);
        if (plan.cost > limit) return false;
        if (fleet.isTimed) plan.refreshBetween(task, task);
      } else {
        absent[left++] = task;
        loss += worth[task];
      }
    }
    nAbsent = left;
    return true;
  };

  recreate(Infinity);
  let { cost } = plan;
  currentLoss = loss;
  let best: SearchScore = { loss, cost };
  const bestNext = plan.next.slice();
  options.onImprovement?.(best, 0);
  const fixed = options.isFleetSettled === true ? plan.nUsed * fleet.fixedCost : 0;
  const scale = (cost - fixed) / Math.max(1, nTasks - nAbsent);
  const hot = scale * (fleet.isTimed ? HOT_TIMED : HOT) * heat;
  const cooling = (fleet.isTimed ? COLD_TIMED / HOT_TIMED : COLD / HOT) / heat;
  let temperature = hot;
  let nextExchange = 1;
  const { team } = options;
  let nextMeeting = 1;
  let others: SearchScore = { loss: 0, cost: 0 };
  let reported = best;
  const report = (): void => {
    const whole = { loss: best.loss + others.loss, cost: best.cost + others.cost };
    if (team !== undefined && !isBetterScore(whole, reported)) return;
    reported = whole;
    options.onImprovement?.(whole, iteration);
  };
  let iteration = 0;
  for (; ; iteration++) {
    if (iteration % ASK_EVERY === 0) {
      const spent = options.spent(iteration);
      if (spent >= 1) break;
      temperature = hot * cooling ** spent;
      if (team !== undefined && (team.isLead ? spent * MEETINGS >= nextMeeting : team.isAwaited())) {
        nextMeeting = Math.floor(spent * MEETINGS) + 1;
        const part = team.meet(fleet, rng, readRoutes(fleet, plan.next), readRoutes(fleet, bestNext));
        if (options.spent(iteration) >= 1) break;
        if (part !== undefined) {
          nAbsent = layStartRoutes(plan, part.routes, absent, part.isMine);
          plan.mostUsed = part.mostRoutes;
          removal.restrictTo(part.isMine);
          others = part.others;
          loss = 0;
          for (let i = 0; i < nAbsent; i++) loss += worth[absent[i]];
          currentLoss = loss;
          cost = plan.cost;
          best = { loss, cost };
          bestNext.set(plan.next);
        }
      }
      if (options.exchange !== undefined && spent * EXCHANGES >= nextExchange) {
        nextExchange = Math.floor(spent * EXCHANGES) + 1;
        const better = options.exchange({ ...best, routes: readRoutes(fleet, bestNext) });
        if (better !== undefined) {
          nAbsent = layStartRoutes(plan, better.routes, absent);
          currentLoss = better.loss;
          cost = plan.cost;
          best = { loss: currentLoss, cost };
          bestNext.set(plan.next);
        }
      }
    }
    plan.begin();
    const nPrevious = nAbsent;
    for (let i = 0; i < nAbsent; i++) previousAbsent[i] = absent[i];
    removal.run();
    for (let i = 0; i < removal.removedCount; i++) absent[nAbsent++] = removal.removed[i];
    const limit = cost - temperature * Math.log(1 - rng.next());
    const isWhole = recreate(fleet.isMetric && currentLoss === 0 ? limit : Infinity);
    const isAccepted =
      isWhole &&
      (loss === currentLoss ? plan.cost < limit : loss < currentLoss || (best.loss > 0 && rng.next() < LOSS_RATE));
    if (pool !== undefined && isWhole && plan.cost < best.cost * NOTED) plan.noteChanged(pool);
    if (isAccepted) {
      cost = plan.cost;
      currentLoss = loss;
      if (loss < best.loss || (loss === best.loss && cost < best.cost - EPSILON)) {
        best = { loss, cost };
        bestNext.set(plan.next);
        report();
      }
    } else {
      plan.undo();
      plan.cost = cost;
      nAbsent = nPrevious;
      for (let i = 0; i < nPrevious; i++) absent[i] = previousAbsent[i];
    }
  }
  let routes = readRoutes(fleet, bestNext);
  if (team !== undefined) {
    const found = team.end(fleet, routes);
    best = { loss: found.loss, cost: found.cost };
    ({ routes } = found);
    others = { loss: 0, cost: 0 };
    report();
  }
  const saved = orderShortRoutes(fleet, routes);
  if (saved > EPSILON) {
    best = { loss: best.loss, cost: best.cost - saved };
    options.onImprovement?.(best, iteration);
  }
  return { ...best, routes, iterations: iteration };
}

/** Lays given routes into the plan instead of what is there, leaving out what does not fit at the end; returns how many tasks are absent. */
function layStartRoutes(
  plan: UniformPlan,
  routes: readonly ArrayLike<number>[],
  absent: Int32Array,
  isMine?: Uint8Array,
): number {
  const { nTasks, nRoutes, isTimed, demand, capacity, opens, closes, service, time, stride, depot } = plan.fleet;
  for (let task = 0; task < nTasks; task++) if (plan.routeOf[task] >= 0) plan.unlink(task);
  plan.cost = 0;
  routes.forEach((tasks, route) => {
    let before = nTasks + route;
    for (let at = 0; at < tasks.length; at++) {
      const task = tasks[at];
      if (plan.routeOf[task] >= 0 || plan.load[route] + demand[task] > capacity) continue;
      const arrival = plan.departure[before] + time[plan.column[before] * stride + task];
      const leave = Math.max(arrival, opens[task]) + service[task];
      if (isTimed && (arrival > closes[task] || leave + time[task * stride + depot] > closes[depot])) continue;
      plan.link(task, before, route);
      plan.departure[task] = leave;
      before = task;
    }
    if (plan.count[route] > 0) plan.refreshRoute(route);
  });
  plan.latest.fill(closes[depot], nTasks + nRoutes);
  let count = 0;
  for (let task = 0; task < nTasks; task++) {
    if (plan.routeOf[task] < 0 && (isMine === undefined || isMine[task] === 1)) absent[count++] = task;
  }
  return count;
}

/** Gives short routes their cheapest order; returns what that saves. */
function orderShortRoutes(fleet: UniformFleet, routes: Int32Array[]): number {
  let sum = 0;
  routes.forEach((tasks, route) => {
    if (tasks.length < 2 || tasks.length > MOST_ORDERED) return;
    const { order, saved } = findShortestOrder(fleet, tasks);
    if (saved <= EPSILON) return;
    routes[route] = order;
    sum += saved;
  });
  return sum;
}

function readRoutes({ nTasks, nRoutes }: UniformFleet, next: Int32Array): Int32Array[] {
  return Array.from({ length: nRoutes }, (_, route) => {
    const tasks: number[] = [];
    for (let node = next[nTasks + route]; node < nTasks; node = next[node]) tasks.push(node);
    return Int32Array.from(tasks);
  });
}
