import { offerToHeap, sortHeap, type BoundedHeap } from "../../kernels/bounded-heap.ts";

/** The best k of many offers, ties by smaller item; cleared and used again. */
export class BoundedTop {
  readonly #heap: BoundedHeap;
  #size = 0;

  constructor(k: number) {
    this.#heap = { items: new Int32Array(k), scores: new Float32Array(k) };
  }

  clear(): void {
    this.#size = 0;
  }

  offer(item: number, score: number): void {
    this.#size = offerToHeap(this.#heap, this.#size, item, score);
  }

  /** The items, best first, until the next offer. */
  ranked(): Int32Array {
    sortHeap(this.#heap, this.#size);
    return this.#heap.items.subarray(0, this.#size);
  }
}
