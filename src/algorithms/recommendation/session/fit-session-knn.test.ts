import { describe, expect, it } from "vitest";
import { fitSessionKnn, SESSION_KNN_DEFAULTS } from "./fit-session-knn.ts";
import type { SessionList } from "./session-list.ts";

function sessions(lists: readonly (readonly number[])[], itemCount: number): SessionList {
  const ptr = Int32Array.from(
    [0, ...lists].map((_, s) => lists.slice(0, s).reduce((sum, list) => sum + list.length, 0)),
  );
  return { itemCount, ptr, items: Int32Array.from(lists.flat()) };
}

describe("fitSessionKnn", () => {
  const train = sessions(
    [
      [0, 1, 2],
      [0, 1, 3],
      [4, 5],
      [1, 2],
    ],
    6,
  );

  it("lets sessions that share the newest click vote most", () => {
    // Item 5 was clicked last: only session {4, 5} holds it. Item 0 speaks with half a voice for 1, 2 and 3.
    const answer = fitSessionKnn(train, { ...SESSION_KNN_DEFAULTS, repeatWeight: 0 })([0, 5], 6);
    expect(answer.items[0]).toBe(4);
    expect([...answer.items].sort((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  });

  it("answers nothing for a prefix nobody clicked, ignores unknown items and keeps no memory between calls", () => {
    const score = fitSessionKnn(train);
    expect([...score([99, -1], 5).items]).toEqual([]);
    const first = score([0, 1], 5);
    score([4], 5);
    expect(score([0, 1, 99], 5).items).not.toEqual(new Int32Array(0));
    expect(score([0, 1], 5)).toEqual(first);
  });
});
