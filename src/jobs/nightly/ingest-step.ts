import { basename } from "node:path";
import { AppError, describeError } from "../../core/errors.ts";
import type { BalanceSheet } from "../../ingest/balance-sheet.ts";
import { ingestBundle } from "../../ingest/ingest-bundle.ts";
import { ingestFile } from "../../ingest/ingest-file.ts";
import type { Step, StepResult } from "../graph/step.ts";
import { type InboxFile, listInbox, moveToDone, moveToRefused } from "./inbox.ts";
import type { NightlyContext } from "./nightly-context.ts";

/** Loads the bundled files and what waits in the inbox. Files that were loaded before cost a hash each. */
export const ingestStep: Step<NightlyContext> = {
  name: "ingest",
  inputs: ["bundled data", "inbox"],
  outputs: ["facts"],
  run: async (context, onProgress) => {
    const { warehouse, paths, config, clock } = context;
    const sheets = await ingestBundle(warehouse, paths, config, clock, onProgress);
    const waiting = listInbox(paths.inbox);
    let refused = 0;
    for (const [done, file] of waiting.entries()) {
      onProgress({ label: basename(file.file), done, total: waiting.length });
      const sheet = await ingestFromInbox(context, file);
      if (sheet === undefined) refused++;
      else sheets.push(sheet);
    }
    return summarize(sheets, refused);
  },
};

/** Undefined when the file was refused: one bad delivery must not stop the night. */
async function ingestFromInbox(
  context: NightlyContext,
  { storeId, ...file }: InboxFile,
): Promise<BalanceSheet | undefined> {
  const { warehouse, paths, runId, logger, clock, config } = context;
  try {
    const sheet = await ingestFile(warehouse, paths, {
      ...file,
      ...(storeId === undefined ? {} : { storeId }),
      clock,
      sourcesDir: config.sourcesDir,
    });
    moveToDone(paths.inbox, file.file, runId);
    return sheet;
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith("INGEST_")) throw error;
    moveToRefused(paths.inbox, file.file, runId, describeError(error));
    logger.error({ file: basename(file.file), dataset: file.dataset, error: describeError(error) }, "ingest.refused");
    return undefined;
  }
}

function summarize(sheets: readonly BalanceSheet[], refused: number): StepResult {
  const sum = (pick: (sheet: BalanceSheet) => number): number =>
    sheets.filter((sheet) => !sheet.alreadyLoaded).reduce((total, sheet) => total + pick(sheet), 0);
  return {
    rowsIn: sum((sheet) => sheet.rowsIn),
    rowsOut: sum((sheet) => sheet.rowsLoaded),
    figures: {
      files: sheets.length + refused,
      loadedBefore: sheets.filter((sheet) => sheet.alreadyLoaded).length,
      refused,
      duplicate: sum((sheet) => sheet.rowsDuplicate),
      quarantined: sum((sheet) => sheet.rowsQuarantined),
    },
  };
}
