import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type ResourceLimits, Worker } from "node:worker_threads";

/**
 * Starts a thread in the module `name` beside the module at `from`: JavaScript as built, TypeScript when run from the sources. A thread
 * whose module cannot be loaded or throws adds one to the first of the `alarm` cells (shared memory), having set the second to 1, and wakes
 * whoever waits for the first: a blocked caller hears of no event.
 */
export function startWorker(
  name: string,
  from: string,
  workerData: unknown,
  alarm?: Int32Array,
  resourceLimits: ResourceLimits = {},
): Worker {
  const isBuilt = !from.endsWith(".ts");
  if (isBuilt && alarm === undefined) return new Worker(new URL(`${name}.js`, from), { workerData, resourceLimits });
  const file = JSON.stringify(new URL(`${name}.${isBuilt ? "js" : "ts"}`, from).href);
  const load = isBuilt ? `import(${file})` : loadFromSource(from, file);
  const script = alarm === undefined ? load : `${load}.catch((error) => { ${RAISE_ALARM} throw error; })`;
  return new Worker(script, {
    eval: true,
    resourceLimits,
    ...(isBuilt ? {} : { execArgv: [] }),
    workerData: alarm === undefined ? workerData : { ...(workerData as object), alarm },
  });
}

const RAISE_ALARM =
  'const { alarm } = require("node:worker_threads").workerData; ' +
  "Atomics.store(alarm, 1, 1); Atomics.add(alarm, 0, 1); Atomics.notify(alarm, 0);";

/**
 * From the sources (tests, tsx) the thread needs the TypeScript loader first. `import.meta.resolve` is not there in every thread
 * that may start another one, and `require` would find the loader for other modules than these.
 */
function loadFromSource(from: string, file: string): string {
  const tsx = pathToFileURL(createRequire(from).resolve("tsx/package.json"));
  const loader = JSON.stringify(new URL("./dist/esm/api/index.mjs", tsx).href);
  return `import(${loader}).then(({ register }) => { register(); return import(${file}); })`;
}
