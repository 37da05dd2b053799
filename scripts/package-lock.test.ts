import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const locked = Object.entries(lock.packages);

test("the lockfile names no download address", () => {
  expect(locked.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
});

// Without an entry for every platform's binary, a clean install is refused.
test("every optional dependency has an entry, on whatever platform the lockfile was written", () => {
  const names = locked.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
  const missing = names.filter((name) => !locked.some(([path]) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});
