import { fail } from "../../core/errors.ts";

/** The bytes a kernel works on; `buffer` may be another object after `grow`. */
export interface ByteStore {
  readonly buffer: ArrayBufferLike;
  /** Makes the buffer at least `bytes` long, keeping its content. */
  grow(bytes: number): void;
}

/** Addresses below this one belong to the kernel module. */
const ARENA_START = 65_536;

/** 32-bit addresses end here, less one page. */
const ADDRESS_LIMIT = 2 ** 32 - 65_536;

/**
 * A stack of blocks in the memory of the kernels: `allocate` moves the top up, `release` moves it back to a mark.
 * Addresses are bytes, multiples of 64. Views are for short use: fetch a new one after an `allocate`, which may grow
 * the memory.
 */
export class KernelMemory {
  readonly #store: ByteStore;
  readonly #limit: number;
  #top = ARENA_START;
  #peak = ARENA_START;

  constructor(store: ByteStore, limitBytes: number = ADDRESS_LIMIT) {
    this.#store = store;
    this.#limit = Math.min(limitBytes, ADDRESS_LIMIT);
  }

  /** Address of `count` zeroed 4-byte cells. Error: `ALGORITHM_INPUT_INVALID` where the limit does not hold them. */
  allocate(count: number): number {
    const peak = this.#peak;
    const address = this.reserve(count);
    // Memory above the highest top ever has not been written: it is still zero.
    if (address < peak) new Uint8Array(this.#store.buffer, address, Math.min(this.#top, peak) - address).fill(0);
    return address;
  }

  /** The same with whatever the cells hold from before: for those that are written before they are read. */
  reserve(count: number): number {
    const address = this.#top;
    const end = address + Math.ceil((count * 4) / 64) * 64;
    if (end > this.#limit) {
      throw fail(
        "ALGORITHM_INPUT_INVALID",
        `The kernels need ${Math.ceil(end / 2 ** 20)} MiB; the limit is ${Math.floor(this.#limit / 2 ** 20)} MiB.`,
      );
    }
    if (end > this.#store.buffer.byteLength) this.#store.grow(end);
    this.#top = end;
    this.#peak = Math.max(this.#peak, end);
    return address;
  }

  /** The present top, to give to `release`. */
  mark(): number {
    return this.#top;
  }

  /** Frees every block allocated since the mark. */
  release(mark: number): void {
    this.#top = mark;
  }

  /** Bytes that are still free under the limit. */
  freeBytes(): number {
    return this.#limit - this.#top;
  }

  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#store.buffer, address, length);
  }

  ints(address: number, length: number): Int32Array {
    return new Int32Array(this.#store.buffer, address, length);
  }
}
