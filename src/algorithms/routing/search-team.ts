import type { Rng } from "../../core/rng.ts";
import { isBetterScore } from "./plan-board.ts";
import type { FoundRoutes, SearchScore } from "./ruin-and-recreate.ts";
import { splitRoutes } from "./split-routes.ts";
import { listUsed, padRoutes } from "./used-routes.ts";
import type { UniformFleet } from "./uniform-fleet.ts";

/** Control words: how many meetings were held, how many called, then for each member the number of the last it came to. */
const MEETING = 0;
const CALLED = 1;
const CAME_TO = 2;
/** How long the lead waits for a member before it goes on alone. */
const PATIENCE_MS = 2000;
const PATIENCE_AT_END_MS = 300;

type Routes = readonly ArrayLike<number>[];

/** What a member searches until the next meeting; all other routes are not there for it. */
export interface TeamPart {
  readonly routes: Routes;
  /** 1 for the tasks of the part, those left out included. */
  readonly isMine: Uint8Array;
  /** Routes it may use. */
  readonly mostRoutes: number;
  /** What all other parts come to. */
  readonly others: SearchScore;
}

/**
 * Threads that divide the routes of one plan between them: at each meeting the parts become one plan, which the lead (thread 0)
 * cuts anew along another line. Twice the threads make twice the iterations. All memory is shared and waiting blocks.
 * A member that does not come in time is left behind; its routes stay as they were.
 */
export class SearchTeam {
  readonly buffer: SharedArrayBuffer;
  readonly isLead: boolean;
  private readonly size: number;
  private readonly thread: number;
  private readonly controls: Int32Array;
  /** Plans, each all tasks one behind the other, then the lengths of the routes: the common one, two of each member. */
  private readonly slots: readonly Int32Array[];
  /** Member of each task of the common plan. */
  private readonly owner: Int32Array;
  private best: FoundRoutes | undefined;
  private isAlone = false;

  constructor(nTasks: number, nRoutes: number, size: number, thread: number, buffer?: SharedArrayBuffer) {
    const nSlots = 1 + 2 * size;
    const length = nTasks + nRoutes;
    this.size = size;
    this.thread = thread;
    this.isLead = thread === 0;
    this.buffer = buffer ?? new SharedArrayBuffer(4 * (CAME_TO + size + nSlots * length + nTasks));
    this.controls = new Int32Array(this.buffer, 0, CAME_TO + size);
    const first = 4 * (CAME_TO + size);
    this.slots = Array.from(
      { length: nSlots },
      (_, slot) => new Int32Array(this.buffer, first + 4 * slot * length, length),
    );
    this.owner = new Int32Array(this.buffer, first + 4 * nSlots * length, nTasks);
  }

  /** True for a member that has no part yet, or for whose part the lead waits. */
  isAwaited(): boolean {
    if (this.isLead) return false;
    const cameTo = Atomics.load(this.controls, CAME_TO + this.thread);
    return cameTo === 0 || cameTo < Atomics.load(this.controls, CALLED);
  }

  /**
   * Hands in the part as it stands and at its best, and waits for the next part. Undefined where the search goes on as it is:
   * while the others have not come up yet. O(tasks + routes).
   */
  meet(fleet: UniformFleet, rng: Rng, current: Routes, best: Routes): TeamPart | undefined {
    const meeting = Atomics.load(this.controls, MEETING);
    if (!this.isLead) {
      this.handIn(meeting, current, best);
      Atomics.wait(this.controls, MEETING, meeting);
      return this.readPart(fleet);
    }
    if (this.isAlone || (meeting === 0 && !this.isComplete(meeting, 0))) return undefined;
    this.handIn(meeting, current, best);
    Atomics.store(this.controls, CALLED, meeting + 1);
    this.isAlone = !this.isComplete(meeting, PATIENCE_MS);
    const whole = this.merge(fleet, meeting, 0);
    this.keep(this.merge(fleet, meeting, 1));
    this.write(0, whole.routes);
    if (this.isAlone) this.owner.fill(0);
    else splitRoutes(fleet, rng, whole.routes, this.size, this.owner);
    this.open();
    return this.readPart(fleet);
  }

  /** The last meeting: everyone gets the best plan of all, a member that comes late perhaps the one before. */
  end(fleet: UniformFleet, best: Routes): FoundRoutes {
    const meeting = Atomics.load(this.controls, MEETING);
    this.handIn(meeting, best, best);
    if (!this.isLead) {
      Atomics.wait(this.controls, MEETING, meeting, PATIENCE_MS);
      const routes = this.read(0);
      const whole = evaluate(fleet, routes);
      const own = evaluate(fleet, best);
      return isBetterScore(own, whole) ? { ...own, routes: copy(best) } : { ...whole, routes };
    }
    if (!this.isAlone) this.isComplete(meeting, PATIENCE_AT_END_MS);
    const found = this.keep(this.merge(fleet, meeting, 1));
    this.write(0, found.routes);
    // Whoever came late need not wait for a meeting that will not be.
    this.open();
    return found;
  }

  private open(): void {
    Atomics.add(this.controls, MEETING, 1);
    Atomics.notify(this.controls, MEETING);
  }

  private keep(found: FoundRoutes): FoundRoutes {
    if (this.best === undefined || isBetterScore(found, this.best)) this.best = found;
    return this.best;
  }

  private handIn(meeting: number, current: Routes, best: Routes): void {
    this.write(1 + 2 * this.thread, current);
    this.write(2 + 2 * this.thread, best);
    Atomics.store(this.controls, CAME_TO + this.thread, meeting + 1);
    Atomics.notify(this.controls, CAME_TO + this.thread);
  }

  private hasCome(thread: number, meeting: number): boolean {
    return Atomics.load(this.controls, CAME_TO + thread) === meeting + 1;
  }

  private isComplete(meeting: number, patienceMs: number): boolean {
    for (let thread = 1; thread < this.size; thread++) {
      if (this.hasCome(thread, meeting)) continue;
      if (patienceMs === 0) return false;
      const seen = Atomics.load(this.controls, CAME_TO + thread);
      if (seen !== meeting + 1) Atomics.wait(this.controls, CAME_TO + thread, seen, patienceMs);
      if (!this.hasCome(thread, meeting)) return false;
    }
    return true;
  }

  /** One plan of all parts; before the first cut everyone has a whole plan: the best of them. */
  private merge(fleet: UniformFleet, meeting: number, kind: number): FoundRoutes {
    const plans = Array.from({ length: this.size }, (_, thread) =>
      this.hasCome(thread, meeting) ? this.read(1 + 2 * thread + kind) : this.readOwned(thread),
    );
    if (meeting === 0) {
      return plans
        .map((routes) => ({ ...evaluate(fleet, routes), routes }))
        .reduce((best, one) => (isBetterScore(one, best) ? one : best));
    }
    const routes = padRoutes(listUsed(plans.flat()), fleet.nRoutes);
    return { ...evaluate(fleet, routes), routes };
  }

  private readPart(fleet: UniformFleet): TeamPart {
    const all = this.read(0);
    const isMine = Uint8Array.from(this.owner, (owner) => (owner === this.thread ? 1 : 0));
    const mine = this.readOwned(this.thread);
    const used = listUsed(all).length;
    const usedByMe = listUsed(mine).length;
    const members = this.isAlone ? 1 : this.size;
    const whole = evaluate(fleet, all);
    const part = evaluate(fleet, mine, isMine);
    return {
      routes: padRoutes(listUsed(mine), fleet.nRoutes),
      isMine,
      mostRoutes: usedByMe + Math.floor((fleet.nRoutes - used) / members),
      others: { loss: whole.loss - part.loss, cost: whole.cost - part.cost },
    };
  }

  private readOwned(thread: number): Int32Array[] {
    return this.read(0).filter((route) => route.length > 0 && this.owner[route[0]] === thread);
  }

  private read(slot: number): Int32Array[] {
    const words = this.slots[slot];
    let first = 0;
    return Array.from(words.subarray(this.owner.length), (length) => {
      first += length;
      return words.slice(first - length, first);
    });
  }

  private write(slot: number, routes: Routes): void {
    const words = this.slots[slot];
    words.fill(0, this.owner.length);
    let first = 0;
    routes.forEach((route, at) => {
      words.set(route, first);
      words[this.owner.length + at] = route.length;
      first += route.length;
    });
  }
}

function copy(routes: Routes): Int32Array[] {
  return routes.map((route) => Int32Array.from(route));
}

/** Cost of the routes, and what is lost by the tasks (of a part) on none of them. */
function evaluate(fleet: UniformFleet, routes: Routes, isMine?: Uint8Array): SearchScore {
  const { nTasks, stride, depot, cost, fixedCost, worth } = fleet;
  const isServed = new Uint8Array(nTasks);
  let sum = 0;
  for (const route of routes) {
    if (route.length === 0) continue;
    let from = depot;
    for (let at = 0; at < route.length; at++) {
      sum += cost[from * stride + route[at]];
      from = route[at];
      isServed[from] = 1;
    }
    sum += cost[from * stride + depot] + fixedCost;
  }
  let loss = 0;
  for (let t = 0; t < nTasks; t++) if (isServed[t] === 0 && (isMine === undefined || isMine[t] === 1)) loss += worth[t];
  return { loss, cost: sum };
}
