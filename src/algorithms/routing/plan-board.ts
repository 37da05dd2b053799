import type { FoundRoutes, SearchScore } from "./ruin-and-recreate.ts";

/** Cells of the control words. */
const LOCK = 0;
const HOLDER = 1;
const DONE = 2;
const FAILED = 3;
const BEATS = 4;
const CONTROLS = 6;
/** How often those who wait look whether the others still go on. */
const LOOK_MS = 1000;
/** Cells of the figures. */
const SPENT = 0;
const LOSS = 1;
const COST = 2;
const FIGURES = 3;

/**
 * The best plan of several searches of one problem, in memory that their threads share, with the share of the budget used.
 * Plans lie flat: the tasks of all routes one behind the other, and the length of each route.
 */
export class PlanBoard {
  readonly buffer: SharedArrayBuffer;
  private readonly controls: Int32Array;
  private readonly figures: Float64Array;
  private readonly tasks: Int32Array;
  private readonly lengths: Int32Array;

  /** Over the memory of another thread's board, or over new memory. */
  constructor(nTasks: number, nRoutes: number, buffer?: SharedArrayBuffer) {
    const size = 8 * FIGURES + 4 * (CONTROLS + nTasks + nRoutes);
    this.buffer = buffer ?? new SharedArrayBuffer(size);
    this.figures = new Float64Array(this.buffer, 0, FIGURES);
    this.controls = new Int32Array(this.buffer, 8 * FIGURES, CONTROLS);
    this.tasks = new Int32Array(this.buffer, 8 * FIGURES + 4 * CONTROLS, nTasks);
    this.lengths = new Int32Array(this.buffer, 8 * FIGURES + 4 * (CONTROLS + nTasks), nRoutes);
    if (buffer === undefined) {
      this.figures[LOSS] = Infinity;
      this.figures[COST] = Infinity;
    }
  }

  get spent(): number {
    return this.figures[SPENT];
  }

  set spent(share: number) {
    this.figures[SPENT] = share;
  }

  /** Keeps a plan if it is better than the one held; of equal ones the one of the lower thread. */
  offer(found: FoundRoutes, thread: number): void {
    this.lock();
    const { controls, figures, tasks, lengths } = this;
    const isEqual = found.loss === figures[LOSS] && found.cost === figures[COST];
    if (isBetterScore(found, this.score()) || (isEqual && thread < controls[HOLDER])) {
      figures[LOSS] = found.loss;
      figures[COST] = found.cost;
      controls[HOLDER] = thread;
      let count = 0;
      found.routes.forEach((route, at) => {
        tasks.set(route, count);
        lengths[at] = route.length;
        count += route.length;
      });
    }
    this.unlock();
  }

  /** The plan held, where it is better than `than`. */
  takeBetter(than: SearchScore): FoundRoutes | undefined {
    this.lock();
    const score = this.score();
    let routes: Int32Array[] | undefined;
    if (isBetterScore(score, than)) {
      let first = 0;
      routes = Array.from(this.lengths, (length) => {
        first += length;
        return Int32Array.from(this.tasks.subarray(first - length, first));
      });
    }
    this.unlock();
    return routes === undefined ? undefined : { ...score, routes };
  }

  /** Says that one thread more has offered its last plan. */
  finish(): void {
    Atomics.add(this.controls, DONE, 1);
    Atomics.notify(this.controls, DONE);
  }

  /** Says that a thread goes on. */
  beat(): void {
    Atomics.add(this.controls, BEATS, 1);
  }

  /** Cells by which a thread that could not begin or go on says so: the first then counts one more, the second is 1. */
  get alarm(): Int32Array {
    return this.controls.subarray(DONE, FAILED + 1);
  }

  /** Whether a thread could not begin or go on. */
  get hasFailed(): boolean {
    return Atomics.load(this.controls, FAILED) !== 0;
  }

  /** Blocks until so many threads have finished or failed, or nothing was heard of any for `patienceMs`; true if they all have. */
  waitFor(threads: number, patienceMs: number): boolean {
    let silentMs = 0;
    for (let heard = -1; silentMs < patienceMs;) {
      const done = Atomics.load(this.controls, DONE);
      if (done >= threads) return true;
      const beats = done + Atomics.load(this.controls, BEATS);
      if (beats !== heard) silentMs = 0;
      heard = beats;
      const waitMs = Math.min(LOOK_MS, patienceMs - silentMs);
      if (Atomics.wait(this.controls, DONE, done, waitMs) === "timed-out") silentMs += waitMs;
    }
    return Atomics.load(this.controls, DONE) >= threads;
  }

  private score(): SearchScore {
    return { loss: this.figures[LOSS], cost: this.figures[COST] };
  }

  private lock(): void {
    while (Atomics.compareExchange(this.controls, LOCK, 0, 1) !== 0) Atomics.wait(this.controls, LOCK, 1);
  }

  private unlock(): void {
    Atomics.store(this.controls, LOCK, 0);
    Atomics.notify(this.controls, LOCK, 1);
  }
}

/** The less is left out the better; among equals the cheaper is better. */
export function isBetterScore(a: SearchScore, b: SearchScore): boolean {
  return a.loss < b.loss || (a.loss === b.loss && a.cost < b.cost);
}
