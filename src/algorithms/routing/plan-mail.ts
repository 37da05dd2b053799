/** Plans kept of each thread; who does not read them in time misses the oldest. */
const SLOTS = 32;

/**
 * Plans that threads send each other while they search, in memory they share. A thread writes into slots of its own, in turn, each
 * with the number of the letter; a reader that finds another number before or behind its reading has been overtaken and goes on.
 * Nobody waits.
 */
export class PlanMail {
  readonly buffer: SharedArrayBuffer;
  /** Threads that write to each other. */
  readonly size: number;
  private readonly thread: number;
  private readonly nTasks: number;
  private readonly length: number;
  private readonly words: Int32Array;
  /** Letters read of each thread; of this one those written. */
  private readonly seen: Int32Array;

  /** Over the memory of another thread's mail, or over new memory: 4 × threads × 32 × (tasks + routes) bytes. */
  constructor(nTasks: number, nRoutes: number, size: number, thread: number, buffer?: SharedArrayBuffer) {
    this.nTasks = nTasks;
    this.length = 1 + nTasks + nRoutes;
    this.size = size;
    this.thread = thread;
    this.buffer = buffer ?? new SharedArrayBuffer(4 * size * SLOTS * this.length);
    this.words = new Int32Array(this.buffer);
    this.seen = new Int32Array(size);
  }

  /** Sends a plan of all tasks to the others. O(tasks). */
  post(routes: readonly ArrayLike<number>[]): void {
    const { words, thread, nTasks } = this;
    const letter = ++this.seen[thread];
    const first = this.firstOf(thread, letter);
    Atomics.store(words, first, 0);
    let task = first + 1;
    const lengths = task + nTasks;
    words.fill(0, lengths, first + this.length);
    routes.forEach((route, at) => {
      words.set(route, task);
      task += route.length;
      words[lengths + at] = route.length;
    });
    Atomics.store(words, first, letter);
  }

  /** What the others have sent since the last time and is still there. O(tasks) a plan. */
  collect(): Int32Array[][] {
    const { words, seen } = this;
    const plans: Int32Array[][] = [];
    for (let thread = 0; thread < this.size; thread++) {
      if (thread === this.thread) continue;
      // The slot of the next letter holds it, one of a later round, or an earlier one: then nothing new has come.
      for (;;) {
        const first = this.firstOf(thread, seen[thread] + 1);
        const letter = Atomics.load(words, first);
        if (letter <= seen[thread]) break;
        const plan = this.read(first);
        if (Atomics.load(words, first) !== letter) break;
        seen[thread] = letter;
        plans.push(plan);
      }
    }
    return plans;
  }

  private firstOf(thread: number, letter: number): number {
    return (thread * SLOTS + (letter % SLOTS)) * this.length;
  }

  private read(first: number): Int32Array[] {
    const { words, nTasks } = this;
    const routes: Int32Array[] = [];
    let task = first + 1;
    const lengths = task + nTasks;
    for (let at = lengths; at < first + this.length; at++) {
      const length = words[at];
      if (length === 0) continue;
      routes.push(words.slice(task, task + length));
      task += length;
    }
    return routes;
  }
}
