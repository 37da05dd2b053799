import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { varPaths, type VarPaths } from "../../core/paths.ts";

/** The paths of a var folder of its own, removed when the test ends. */
export function createTempVar(): VarPaths {
  const root = mkdtempSync(join(tmpdir(), "tradewind-jobs-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return varPaths(root);
}
