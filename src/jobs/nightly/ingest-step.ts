import { basename } from "node:path";
import { AppError, describeError } from "../../core/errors.ts";
import type { ProgressListener } from "../../core/progress.ts";
import type { BalanceSheet } from "../../ingest/balance-sheet.ts";
import { ingestFile } from "../../ingest/ingest-file.ts";
import type { Step, StepResult } from "../graph/step.ts";
import { type InboxFile, listInbox, moveToDone, moveToRefused } from "./inbox.ts";
import type { NightlyContext } from "./nightly-context.ts";
import { readBundle } from "./read-bundle.ts";

/** Loads the bundled files and what waits in the inbox. Files that were loaded before cost a hash each. */
export const ingestStep: Step<NightlyContext> = {
  name: "ingest",
  inputs: ["bundled data", "inbox"],
  outputs: ["facts"],
  run: async (context, onProgress) => {
    const bundled = readBundle(context.config.dataDir).map((file) => ({ ...file, storeId: undefined }));
    const waiting = listInbox(context.paths.inbox);
    const sheets: BalanceSheet[] = [];
    const total = bundled.length + waiting.length;
    for (const [i, file] of [...bundled, ...waiting].entries()) {
      const label = `${file.dataset} ${basename(file.file)}`;
      onProgress({ label, done: i, total });
      const within: ProgressListener = (part) =>
        onProgress({ label, done: i + (part.total > 0 ? part.done / part.total : 0), total });
      const sheet = waiting.includes(file)
        ? await ingestFromInbox(context, file, within)
        : await ingestOne(context, file, within);
      if (sheet !== undefined) sheets.push(sheet);
    }
    return summarize(sheets, total);
  },
};

function ingestOne(context: NightlyContext, file: InboxFile, onProgress: ProgressListener): Promise<BalanceSheet> {
  const { storeId, ...request } = file;
  return ingestFile(context.warehouse, context.paths, {
    ...request,
    ...(storeId === undefined ? {} : { storeId }),
    clock: context.clock,
    sourcesDir: context.config.sourcesDir,
    onProgress,
  });
}

/** Undefined when the file was refused: one bad delivery must not stop the night. */
async function ingestFromInbox(
  context: NightlyContext,
  file: InboxFile,
  onProgress: ProgressListener,
): Promise<BalanceSheet | undefined> {
  const { paths, runId, logger } = context;
  try {
    const sheet = await ingestOne(context, file, onProgress);
    moveToDone(paths.inbox, file.file, runId);
    return sheet;
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.startsWith("INGEST_")) throw error;
    moveToRefused(paths.inbox, file.file, runId, describeError(error));
    logger.error({ file: basename(file.file), dataset: file.dataset, error: describeError(error) }, "ingest.refused");
    return undefined;
  }
}

function summarize(sheets: readonly BalanceSheet[], files: number): StepResult {
  const sum = (pick: (sheet: BalanceSheet) => number): number =>
    sheets.filter((sheet) => !sheet.alreadyLoaded).reduce((total, sheet) => total + pick(sheet), 0);
  return {
    rowsIn: sum((sheet) => sheet.rowsIn),
    rowsOut: sum((sheet) => sheet.rowsLoaded),
    figures: {
      files,
      loadedBefore: sheets.filter((sheet) => sheet.alreadyLoaded).length,
      refused: files - sheets.length,
      duplicate: sum((sheet) => sheet.rowsDuplicate),
      quarantined: sum((sheet) => sheet.rowsQuarantined),
    },
  };
}
