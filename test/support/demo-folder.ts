import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the first test file that serves the demo keeps what its night made, for the others of the run. */
    readonly demoFolder: string;
  }
}

/** A folder that lives as long as a run of the tests. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tradewind-demo-"));
  project.provide("demoFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
