import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 2;

/** Resolves when the run that started after `known` has written `count` lines, or when `ended` resolves. */
export async function waitForLines(
  runsFolder: string,
  known: ReadonlySet<string>,
  count: number,
  ended: Promise<unknown>,
): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  while (!over.signal.aborted && countLines(runsFolder, known) < count) await sleep(POLL_MS);
}

export function listLedgers(runsFolder: string): Set<string> {
  return new Set(existsSync(runsFolder) ? readdirSync(runsFolder).filter((name) => name.endsWith(".jsonl")) : []);
}

function countLines(runsFolder: string, known: ReadonlySet<string>): number {
  const [ledger] = [...listLedgers(runsFolder)].filter((name) => !known.has(name));
  if (ledger === undefined) return 0;
  return readFileSync(join(runsFolder, ledger), "utf8").split("\n").length - 1;
}
