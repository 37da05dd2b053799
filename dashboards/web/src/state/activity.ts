import { signal } from "@preact/signals";

/** Questions that wait for their answer. */
export const pendingCount = signal(0);

/** Counts a question until it is settled. */
export function trackActivity<T>(answer: Promise<T>): Promise<T> {
  pendingCount.value += 1;
  return answer.finally(() => {
    pendingCount.value -= 1;
  });
}
