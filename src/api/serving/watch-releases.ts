import type { Logger } from "../../core/log.ts";

/** Starts a repeating call and returns how to end it; injected so that tests tick by hand. */
export type Repeater = (work: () => void, everyMs: number) => () => void;

export const intervalRepeater: Repeater = (work, everyMs) => {
  const timer = setInterval(work, everyMs);
  timer.unref();
  return () => clearInterval(timer);
};

const POLL_MS = 1000;

/**
 * Asks once a second whether another release was published, by whichever process. Reading a pointer of 22 bytes costs
 * microseconds and, unlike file events, works on every file system. Returns how to end it.
 */
export function watchReleases(
  refresh: () => Promise<unknown>,
  logger: Logger,
  repeat: Repeater = intervalRepeater,
): () => void {
  return repeat(() => {
    refresh().catch((error: unknown) => logger.error({ err: error }, "release.watch-failed"));
  }, POLL_MS);
}
