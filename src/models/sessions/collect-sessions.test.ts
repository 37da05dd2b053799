import { describe, expect, it } from "vitest";
import { collectSessions, packSessions } from "./collect-sessions.ts";

describe("collectSessions", () => {
  const events = { store: ["a", "a", "b", "a", "a", "a"], session: ["s", "t", "s", "s", "s", "s"] };

  it("keeps clicks in order by store and session, the same item in a row once", () => {
    expect(collectSessions(events, [7, 1, 7, 7, 8, 7])).toEqual([[7, 8, 7]]);
  });

  it("leaves out items that are never recommended", () => {
    expect(collectSessions(events, [7, -1, -1, -1, 8, -1])).toEqual([[7, 8]]);
  });

  it("cuts a robot's session", () => {
    const clicks = Array.from({ length: 1000 }, (_, at) => at);
    const robot = { store: clicks.map(() => "a"), session: clicks.map(() => "s") };
    expect(collectSessions(robot, clicks)).toEqual([clicks.slice(0, 50)]);
  });
});

describe("packSessions", () => {
  it("lays sessions end to end", () => {
    expect(packSessions([[1, 2], [0]], 3)).toEqual({
      itemCount: 3,
      ptr: Int32Array.of(0, 2, 3),
      items: Int32Array.of(1, 2, 0),
    });
  });
});
