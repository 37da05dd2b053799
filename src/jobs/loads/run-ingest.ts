import { basename } from "node:path";
import type { BalanceSheet } from "../../ingest/balance-sheet.ts";
import { ingestFile } from "../../ingest/ingest-file.ts";
import type { RunRecord } from "../ledger/run-record.ts";
import { type RunContext, type RunRequest, runRecordedSteps } from "../run-recorded-steps.ts";

export interface IngestRequest extends RunRequest {
  readonly dataset: string;
  readonly source: string;
  readonly storeId?: string;
  readonly files: readonly string[];
}

export interface IngestAnswer {
  readonly run: RunRecord;
  /** One a file, up to the file that failed. */
  readonly sheets: readonly BalanceSheet[];
}

/** Loads files into one dataset as one recorded run. A failure ends in the record; files before it stay loaded. */
export async function runIngest(request: IngestRequest): Promise<IngestAnswer> {
  const sheets: BalanceSheet[] = [];
  const run = await runRecordedSteps<RunContext>(request, {
    kind: "ingest",
    scheduledFor: null,
    force: true,
    createContext: (context) => context,
    conclude: async () => null,
    steps: [
      {
        name: "ingest",
        inputs: [],
        outputs: [],
        run: async (context, onProgress) => {
          sheets.length = 0;
          for (const [done, file] of request.files.entries()) {
            onProgress({ label: basename(file), done, total: request.files.length });
            sheets.push(await ingestOne(request, context, file));
          }
          const sum = (pick: (sheet: BalanceSheet) => number): number =>
            sheets.reduce((total, sheet) => total + pick(sheet), 0);
          return {
            rowsIn: sum((sheet) => sheet.rowsIn),
            rowsOut: sum((sheet) => sheet.rowsLoaded),
            figures: {
              files: sheets.length,
              duplicate: sum((sheet) => sheet.rowsDuplicate),
              quarantined: sum((sheet) => sheet.rowsQuarantined),
            },
          };
        },
      },
    ],
  });
  return { run, sheets };
}

function ingestOne(
  { dataset, source, storeId }: IngestRequest,
  { warehouse, paths, clock, config }: RunContext,
  file: string,
): Promise<BalanceSheet> {
  return ingestFile(warehouse, paths, {
    dataset,
    source,
    file,
    ...(storeId === undefined ? {} : { storeId }),
    clock,
    sourcesDir: config.sourcesDir,
  });
}
