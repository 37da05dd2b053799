import type { MetricSource } from "./metric-source.ts";

/** Remembers what was read from a release, which never changes; gone with the release itself. */
export interface ReleaseCache<T> {
  /** What `read` gave for this source and key, reading at most once; a failed read is tried again next time. */
  get(source: MetricSource, key: string, read: () => Promise<T>): Promise<T>;
}

export function createReleaseCache<T>(): ReleaseCache<T> {
  const sources = new WeakMap<MetricSource, Map<string, Promise<T>>>();
  return {
    get: (source, key, read) => {
      const entries = sources.get(source) ?? new Map<string, Promise<T>>();
      sources.set(source, entries);
      const known = entries.get(key);
      if (known !== undefined) return known;
      const reading = read();
      entries.set(key, reading);
      reading.catch(() => entries.delete(key));
      return reading;
    },
  };
}
