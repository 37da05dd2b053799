import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../core/clock.ts";
import { toWarehouseError } from "../../warehouse/warehouse-error.ts";
import type { RunEvent } from "./run-event.ts";

export interface RunLedger {
  append(event: RunEvent): void;
  close(): void;
}

/**
 * Opens the ledger file of one run, `<folder>/<runId>.jsonl`. A line is on disk when `append` returns, so what a
 * reader sees is what happened, up to the instant a process was killed; only the last line can be torn.
 */
export function openRunLedger(folder: string, runId: string, clock: Clock): RunLedger {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, `${runId}.jsonl`), "ax");
  const folderHandle = openSync(folder, "r");
  fsyncSync(folderHandle);
  closeSync(folderHandle);
  return {
    append: (event) => {
      const line = `${JSON.stringify({ at: clock.now().toISOString(), ...event })}\n`;
      try {
        writeSync(file, line);
        fsyncSync(file);
      } catch (error) {
        throw toWarehouseError(error, "run ledger");
      }
    },
    close: () => closeSync(file),
  };
}
