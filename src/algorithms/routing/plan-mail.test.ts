import { describe, expect, it } from "vitest";
import { PlanMail } from "./plan-mail.ts";

/** Mail of `size` threads of plans of four tasks on three routes. */
function openMails(size: number): PlanMail[] {
  const first = new PlanMail(4, 3, size, 0);
  return Array.from({ length: size }, (_, thread) =>
    thread === 0 ? first : new PlanMail(4, 3, size, thread, first.buffer),
  );
}

const plain = (plans: Int32Array[][]): number[][][] => plans.map((routes) => routes.map((route) => Array.from(route)));

describe("PlanMail", () => {
  it("brings each plan once to every other thread, in order, without its empty routes", () => {
    const [one, two, three] = openMails(3);
    one.post([[0, 2], [], [3, 1]]);
    one.post([[3, 1, 2, 0]]);
    expect(plain(two.collect())).toEqual([
      [
        [0, 2],
        [3, 1],
      ],
      [[3, 1, 2, 0]],
    ]);
    three.post([[0], [1], [2, 3]]);
    expect(plain(two.collect())).toEqual([[[0], [1], [2, 3]]]);
    expect(two.collect()).toEqual([]);
    expect(plain(three.collect())).toHaveLength(2);
    expect(plain(one.collect())).toEqual([[[0], [1], [2, 3]]]);
  });

  it("loses the oldest plans of a thread that nobody reads, never part of one", () => {
    const [one, two] = openMails(2);
    for (let letter = 0; letter < 100; letter++) one.post([[letter % 4], [(letter + 1) % 4, (letter + 2) % 4]]);
    const plans = plain(two.collect());
    expect(plans.length).toBeGreaterThan(0);
    for (const [[first], [second, third]] of plans) {
      expect([(first + 1) % 4, (first + 2) % 4]).toEqual([second, third]);
    }
    expect(plans.at(-1)).toEqual([[99 % 4], [100 % 4, 101 % 4]]);
    one.post([[2]]);
    expect(plain(two.collect())).toEqual([[[2]]]);
  });
});
