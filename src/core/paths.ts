import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder that holds package.json, whether the code runs from `src` or from `dist`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json not found above the running code");
    folder = parent;
  }
  return folder;
}

/** Where run-time state lives. Everything below is created on demand and ignored by git. */
export interface VarPaths {
  readonly root: string;
  readonly warehouse: string;
  readonly releases: string;
  readonly facts: string;
  readonly runs: string;
  /** What each model fitted last, before a release takes it. */
  readonly models: string;
  readonly rawFiles: string;
  readonly inbox: string;
  readonly temp: string;
}

export function varPaths(root: string): VarPaths {
  return {
    root,
    warehouse: join(root, "warehouse.duckdb"),
    releases: join(root, "releases"),
    facts: join(root, "facts"),
    runs: join(root, "runs"),
    models: join(root, "models"),
    rawFiles: join(root, "raw"),
    inbox: join(root, "inbox"),
    temp: join(root, "tmp"),
  };
}
