import { type Rng, shuffle } from "../../../core/rng.ts";
import { isBetterScore } from "../plan-board.ts";
import type { PlanMail } from "../plan-mail.ts";
import type { FoundRoutes, SearchScore } from "../ruin-and-recreate.ts";
import type { UniformFleet } from "../uniform-fleet.ts";
import { listUniformNeighbours } from "../uniform-neighbours.ts";
import { listUsed } from "../used-routes.ts";
import { EdgeMoves } from "./edge-moves.ts";
import { exchangeRoutes } from "./exchange-routes.ts";
import { insertCheapest } from "./insert-cheapest.ts";
import { PenalisedPlan, SMALLEST_GAIN } from "./penalised-plan.ts";
import { PenaltyControl } from "./penalty-control.ts";
import { createMember, isAllowed, type Member, Population } from "./population.ts";

const NEIGHBOURS = 30;
/** Plans laid at random at the begin: fewer of many tasks, which take longer. */
const MOST_RANDOM = 25;
const FEWEST_RANDOM = 4;
const RANDOM_TASKS = 5000;
/** Share of the plans that break something which are mended at once, and how much dearer breaking is meanwhile. */
const MEND_RATE = 0.5;
const MEND_FACTOR = 10;
/** Routes beyond those of the plans given. */
const SPARE_SHARE = 0.3;
const SPARE_ROUTES = 4;
/** Children without a better plan after which the populations begin anew. */
const PATIENCE = 10_000;

export interface GeneticOptions {
  readonly rng: Rng;
  /** Share of the budget used once so many children are bred; asked before each. */
  readonly spent: (children: number) => number;
  readonly onImprovement: (found: SearchScore, children: number) => void;
  /** To searches of other threads, which all breed from the plans of all. */
  readonly mail?: PlanMail | undefined;
}

export interface GeneticResult extends FoundRoutes {
  readonly children: number;
}

/**
 * Hybrid genetic search from plans that serve all tasks: two plans exchange routes, local moves with penalties for overload and lateness make
 * the most of their child, and populations of plans that keep all and of plans that break something are kept for cost and for
 * diversity. A child costs about the tasks that changed hands × neighbours. Memory O(tasks²).
 * Sources: Vidal, Computers & Operations Research 140, 2022; Kool et al., "Hybrid genetic search for the vehicle routing problem with time
 * windows" (DIMACS challenge, 2022).
 */
export function searchGenetic(
  fleet: UniformFleet,
  given: readonly FoundRoutes[],
  { rng, spent, onImprovement, mail }: GeneticOptions,
): GeneticResult {
  const { nTasks } = fleet;
  const mostUsed = Math.max(...given.map(({ routes }) => listUsed(routes).length));
  const nRoutes = Math.min(fleet.nRoutes, nTasks, Math.ceil(mostUsed * (1 + SPARE_SHARE)) + SPARE_ROUTES);
  const control = new PenaltyControl(fleet);
  const plan = new PenalisedPlan(fleet, nRoutes, control.penalties);
  const neighbours = listUniformNeighbours(fleet, NEIGHBOURS, 1);
  const moves = new EdgeMoves(plan, neighbours.before, neighbours.count, rng);
  const allowed = new Population(control.penalties);
  const broken = new Population(control.penalties);
  const populations = [allowed, broken];
  let best: FoundRoutes = given.reduce((a, b) => (isBetterScore(b, a) ? b : a));
  let children = 0;
  /** The best since the populations began, and when it was found. */
  let least = Infinity;
  let foundAt = 0;

  const keep = (one: Member): void => {
    (isAllowed(one) ? allowed : broken).add(one);
    if (!isAllowed(one)) return;
    if (one.cost < least - SMALLEST_GAIN) {
      least = one.cost;
      foundAt = children;
    }
    if (one.cost >= best.cost - SMALLEST_GAIN) return;
    best = { loss: 0, cost: one.cost, routes: [...one.routes] };
    onImprovement({ loss: 0, cost: one.cost }, children);
  };
  /** Improves what is laid and keeps it; `nSettled` and `touched` as for `EdgeMoves.run`. */
  const educate = (nSettled: number, touched: readonly number[]): void => {
    moves.run(nSettled, touched);
    const one = createMember(plan);
    control.note(one);
    mail?.post(one.routes);
    keep(one);
    if (isAllowed(one) || rng.next() >= MEND_RATE) return;
    control.scale(MEND_FACTOR);
    plan.lay(one.routes);
    moves.run(nRoutes, listBroken(plan));
    control.scale(1 / MEND_FACTOR);
    const mended = createMember(plan);
    if (!isAllowed(mended)) return;
    mail?.post(mended.routes);
    keep(mended);
  };
  /** Takes in what other threads have bred. */
  const readMail = (): void => {
    for (const routes of mail?.collect() ?? []) {
      if (routes.length > nRoutes) continue;
      plan.lay(routes);
      keep(createMember(plan));
    }
  };
  const welcome = ({ routes }: FoundRoutes): void => {
    plan.lay(listUsed(routes));
    educate(0, []);
  };
  const insertAll = (absent: number[]): number[] => {
    shuffle(absent, rng);
    return absent.map((task) => insertCheapest(plan, task));
  };

  const everyone = Array.from({ length: nTasks }, (_, task) => task);
  const nRandomOfAll = Math.min(MOST_RANDOM, Math.max(FEWEST_RANDOM, Math.round(RANDOM_TASKS / nTasks)));
  const nRandom = Math.ceil(nRandomOfAll / (mail?.size ?? 1));
  const layAtRandom = (): void => {
    for (let i = 0; i < nRandom && spent(children) < 1; i++, children++) {
      plan.lay([]);
      insertAll(everyone);
      educate(0, []);
    }
  };

  for (const one of given) welcome(one);
  layAtRandom();
  for (; spent(children) < 1; children++) {
    if (children - foundAt > PATIENCE) {
      for (const population of populations) population.clear();
      least = Infinity;
      foundAt = children;
      layAtRandom();
    }
    readMail();
    control.adjust();
    const [first, second] = drawParents(rng, populations);
    const child = exchangeRoutes(fleet, rng, first.routes, second.routes);
    plan.lay(child.routes);
    educate(child.nKept, insertAll(child.absent));
  }
  return { ...best, children };
}

function listBroken({ penalty }: PenalisedPlan): number[] {
  const routes: number[] = [];
  for (let route = 0; route < penalty.length; route++) if (penalty[route] > 0) routes.push(route);
  return routes;
}

/** Two members, each the better of two drawn from all, if possible not the same. */
function drawParents(rng: Rng, populations: readonly Population[]): [Member, Member] {
  const fitness = populations.map((population) => population.rank());
  const total = populations.reduce((sum, { members }) => sum + members.length, 0);
  const draw = (): { member: Member; rank: number } => {
    let at = rng.nextInt(total);
    let which = 0;
    while (at >= populations[which].members.length) at -= populations[which++].members.length;
    const { members } = populations[which];
    return { member: members[at], rank: fitness[which][at] / members.length };
  };
  const drawBetter = (): Member => {
    const a = draw();
    const b = draw();
    return a.rank <= b.rank ? a.member : b.member;
  };
  const first = drawBetter();
  let second = drawBetter();
  for (let again = 0; second === first && again < 5; again++) second = drawBetter();
  return [first, second];
}
