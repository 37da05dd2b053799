/**
 * Indices of the k greatest positive scores, best first; equal scores keep the smaller index first.
 * Scores that are not above zero are never selected, so "no evidence" cannot fill a list.
 *
 * Input: `candidates` are the indices worth looking at (any order, no repeats); `scores` is indexed by them.
 * Output: at most k indices. Time O(candidates · log k), memory O(k).
 */
export function selectTopK(scores: ArrayLike<number>, candidates: ArrayLike<number>, k: number): Int32Array {
  const heap = new Int32Array(k);
  let size = 0;
  // Worst on top: lowest score, and among equals the larger index.
  const isWorse = (a: number, b: number): boolean => scores[a] < scores[b] || (scores[a] === scores[b] && a > b);

  // The score to beat once the heap is full: most candidates are done with after one comparison.
  let worst = 0;
  for (let at = 0; at < candidates.length; at++) {
    const index = candidates[at];
    const score = scores[index];
    if (!(score > 0) || score < worst) continue;
    if (size < k) {
      let place = size++;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (!isWorse(index, heap[parent])) break;
        heap[place] = heap[parent];
        place = parent;
      }
      heap[place] = index;
      if (size === k) worst = scores[heap[0]];
    } else if (k > 0 && isWorse(heap[0], index)) {
      sinkFromTop(heap, size, index, isWorse);
      worst = scores[heap[0]];
    }
  }
  const best = new Int32Array(size);
  for (let rank = size - 1; rank >= 0; rank--) {
    best[rank] = heap[0];
    sinkFromTop(heap, rank, heap[rank], isWorse);
  }
  return best;
}

/** Puts `index` in the place of the top and restores the heap of `size` entries. */
function sinkFromTop(heap: Int32Array, size: number, index: number, isWorse: (a: number, b: number) => boolean): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && isWorse(heap[child + 1], heap[child])) child++;
    if (!isWorse(heap[child], index)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = index;
}
