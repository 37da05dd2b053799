import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** Starts a thread in the module `name` beside the module at `from`: JavaScript as built, TypeScript when run from the sources. */
export function startWorker(name: string, from: string, workerData: unknown): Worker {
  if (!from.endsWith(".ts")) return new Worker(new URL(`${name}.js`, from), { workerData });
  // From the sources (tests, tsx) the thread needs the TypeScript loader first. `import.meta.resolve` is not there in every thread
  // that may start another one, and `require` would find the loader for other modules than these.
  const tsx = pathToFileURL(createRequire(from).resolve("tsx/package.json"));
  const loader = JSON.stringify(new URL("./dist/esm/api/index.mjs", tsx).href);
  const file = JSON.stringify(new URL(`${name}.ts`, from).href);
  const script = `import(${loader}).then(({ register }) => { register(); return import(${file}); })`;
  return new Worker(script, { eval: true, execArgv: [], workerData });
}
