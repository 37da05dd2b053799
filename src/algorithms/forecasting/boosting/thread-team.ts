import { fail } from "../../../core/errors.ts";

/** Cells of the control block that the threads of a team share. */
const ARRIVED = 0;
const PASSED = 1;
const IS_BROKEN = 2;
const CELLS = 3;
/**
 * Looks at the others before a thread sleeps: at most 0.15 ms. Most meetings are over sooner, and a core that slept wakes late. Where the
 * others do not come in time, as on a busy machine, fewer are tried, down to the least.
 */
const MOST_SPINS = 20_000;
const LEAST_SPINS = 500;

/** Tables of fewer rows are worked on by the calling thread alone: meeting the others costs more than they save. */
export const MIN_SHARED_ROWS = 5000;

/** A part of a range. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** One of several threads that run the same code over shared arrays and meet at barriers. Thread 0 leads. */
export class ThreadTeam {
  readonly thread: number;
  readonly threadCount: number;
  readonly #control: Int32Array;
  #spins = MOST_SPINS;

  constructor(thread: number, threadCount: number, control: Int32Array) {
    this.thread = thread;
    this.threadCount = threadCount;
    this.#control = control;
  }

  /** Returns when all threads have come here; what each wrote before can be read by all. Throws when one has failed. */
  meet(): void {
    if (this.threadCount === 1) return;
    const control = this.#control;
    const passed = Atomics.load(control, PASSED);
    if (Atomics.add(control, ARRIVED, 1) + 1 === this.threadCount) {
      Atomics.store(control, ARRIVED, 0);
      Atomics.add(control, PASSED, 1);
      Atomics.notify(control, PASSED);
    } else {
      let spin = 0;
      while (spin < this.#spins && Atomics.load(control, PASSED) === passed) spin++;
      this.#spins = spin < this.#spins ? MOST_SPINS : Math.max(LEAST_SPINS, this.#spins >> 1);
      while (Atomics.load(control, PASSED) === passed && !this.#isBroken()) Atomics.wait(control, PASSED, passed);
    }
    if (this.#isBroken()) throw fail("INTERNAL", "A thread of the team failed.");
  }

  /** Lets nobody wait for a thread that will not come: all others throw at the barrier. */
  break(): void {
    Atomics.store(this.#control, IS_BROKEN, 1);
    Atomics.add(this.#control, PASSED, 1);
    Atomics.notify(this.#control, PASSED);
  }

  #isBroken(): boolean {
    return Atomics.load(this.#control, IS_BROKEN) !== 0;
  }

  /** This thread's part of 0 … count − 1, in order of the threads. */
  partOf(count: number): Part {
    return partOf(count, this.thread, this.threadCount);
  }

  /** The parts of all threads. */
  partsOf(count: number): Part[] {
    return Array.from({ length: this.threadCount }, (_, thread) => partOf(count, thread, this.threadCount));
  }
}

/** The control block of a new team. */
export function createTeamControl(isShared: boolean): Int32Array {
  return new Int32Array(isShared ? new SharedArrayBuffer(4 * CELLS) : new ArrayBuffer(4 * CELLS));
}

function partOf(count: number, thread: number, threadCount: number): Part {
  return {
    from: Math.floor((count * thread) / threadCount),
    to: Math.floor((count * (thread + 1)) / threadCount),
  };
}
