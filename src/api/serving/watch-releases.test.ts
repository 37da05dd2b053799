import { describe, expect, it, vi } from "vitest";
import { silentLogger } from "../../core/log.ts";
import { watchReleases } from "./watch-releases.ts";

describe("watchReleases", () => {
  it("asks at every tick, logs what fails and goes on, and ends when told", async () => {
    let tick = () => {};
    const end = vi.fn();
    const refresh = vi.fn().mockRejectedValueOnce(new Error("disk")).mockResolvedValue(true);
    const error = vi.fn();
    const stop = watchReleases(refresh, { ...silentLogger, error }, (work, everyMs) => {
      expect(everyMs).toBe(1000);
      tick = work;
      return end;
    });
    tick();
    await Promise.resolve();
    await Promise.resolve();
    tick();
    expect(refresh).toHaveBeenCalledTimes(2);
    expect(error).toHaveBeenCalledTimes(1);
    stop();
    expect(end).toHaveBeenCalled();
  });
});
