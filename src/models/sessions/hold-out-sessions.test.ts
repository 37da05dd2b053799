import { describe, expect, it } from "vitest";
import { holdOutSessions } from "./hold-out-sessions.ts";

const repeat = (count: number, clicks: readonly number[]): number[][] =>
  Array.from({ length: count }, () => [...clicks]);

describe("holdOutSessions", () => {
  it("asks for the last click of the newest tenth after the ones before it", () => {
    const held = holdOutSessions([...repeat(900, [1, 2]), ...repeat(100, [3, 4, 5])]);
    expect(held?.train).toEqual(repeat(900, [1, 2]));
    expect(held?.cases).toHaveLength(100);
    expect(held?.cases[0]).toEqual({ prefix: [3, 4], next: 5 });
  });

  it("takes a last click that repeats one for no case", () => {
    const held = holdOutSessions([...repeat(900, [1, 2]), ...repeat(60, [3, 4]), ...repeat(40, [3, 4, 3])]);
    expect(held?.cases).toHaveLength(60);
  });

  it("does not judge by fewer than 30 cases, nor with nothing before them", () => {
    expect(holdOutSessions(repeat(100, [0, 1, 0]))).toBeUndefined();
    expect(holdOutSessions(repeat(30, [0, 1]))).toBeUndefined();
    expect(holdOutSessions([])).toBeUndefined();
  });
});
