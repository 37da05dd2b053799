import { describeError } from "../../core/errors.ts";
import type { Logger } from "../../core/log.ts";

/** Where releases come from: which one is current, how to open one, how to let go of it. */
export interface ReleaseSource<Release extends { readonly id: string }> {
  readonly currentId: () => string | undefined;
  readonly open: (id: string) => Promise<Release>;
  readonly dispose: (release: Release) => Promise<void>;
}

/** One request's part in a release: it stays open until `end` is called. */
export interface Lease<Release> {
  readonly release: Release;
  end(): void;
}

export interface ReleaseHolder<Release> {
  /** Takes part in the current release; undefined while nothing is published. */
  lease(): Lease<Release> | undefined;
  /** Opens what is published now and swaps to it; true when it was another release. Calls at the same time are one. */
  refresh(): Promise<boolean>;
  /** Lets go of the current release once its last lease ended. */
  close(): Promise<void>;
}

interface Holding<Release> {
  readonly release: Release;
  leases: number;
  isRetired: boolean;
}

/**
 * Holds the current release open and swaps it as one unit: the new one is opened whole, then one assignment makes it
 * current, and the old one is disposed when the last request that began on it has been answered. A release that
 * cannot be opened leaves the old one serving.
 */
export function createReleaseHolder<Release extends { readonly id: string }>(
  source: ReleaseSource<Release>,
  logger: Logger,
): ReleaseHolder<Release> {
  let current: Holding<Release> | undefined;
  let refreshing: Promise<boolean> | undefined;
  let refusedId: string | undefined;
  let isClosed = false;
  const disposals = new Set<Promise<void>>();

  const disposeIfIdle = (holding: Holding<Release>): void => {
    if (!holding.isRetired || holding.leases > 0) return;
    const disposal = source
      .dispose(holding.release)
      .catch((error: unknown) => logger.error({ release: holding.release.id, err: error }, "release.dispose-failed"))
      .finally(() => disposals.delete(disposal));
    disposals.add(disposal);
  };

  const retire = (holding: Holding<Release> | undefined): void => {
    if (holding === undefined) return;
    holding.isRetired = true;
    disposeIfIdle(holding);
  };

  const swap = async (): Promise<boolean> => {
    const id = source.currentId();
    if (id === undefined || id === current?.release.id || isClosed) return false;
    const startedMs = performance.now();
    let release;
    try {
      release = await source.open(id);
    } catch (error) {
      // The watcher asks every second; one line a release is enough.
      if (refusedId !== id) logger.error({ release: id, detail: describeError(error), err: error }, "release.refused");
      refusedId = id;
      return false;
    }
    const before = current;
    current = { release, leases: 0, isRetired: false };
    retire(before);
    const swapMs = Math.round(performance.now() - startedMs);
    logger.info({ release: id, before: before?.release.id ?? null, swapMs }, "release.served");
    return true;
  };

  return {
    lease: () => {
      const holding = current;
      if (holding === undefined) return undefined;
      holding.leases++;
      let hasEnded = false;
      return {
        release: holding.release,
        end: () => {
          if (hasEnded) return;
          hasEnded = true;
          holding.leases--;
          disposeIfIdle(holding);
        },
      };
    },
    refresh: () => {
      refreshing ??= swap().finally(() => (refreshing = undefined));
      return refreshing;
    },
    close: async () => {
      isClosed = true;
      await refreshing;
      retire(current);
      current = undefined;
      await Promise.all(disposals);
    },
  };
}
