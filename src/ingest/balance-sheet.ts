import { fail } from "../core/errors.ts";

/** One reason why rows were not loaded as new, with how often and an example. */
export interface BalanceReason {
  readonly code: string;
  readonly column: string | null;
  readonly count: number;
  readonly example: string;
}

/** What became of every row of a file: rowsIn = rowsLoaded + rowsDuplicate + rowsQuarantined, always. */
export interface BalanceSheet {
  readonly dataset: string;
  readonly source: string;
  readonly file: string;
  readonly fileId: number;
  readonly rowsIn: number;
  readonly rowsLoaded: number;
  readonly rowsDuplicate: number;
  readonly rowsQuarantined: number;
  /** The contract's exact control sum over all rows of the file, or null where it has none. */
  readonly controlTotal: number | null;
  readonly reasons: readonly BalanceReason[];
  readonly alreadyLoaded: boolean;
  readonly durationMs: number;
}

/** Called before the commit: a load that does not add up is rolled back. */
export function assertBalance(
  sheet: Pick<BalanceSheet, "file" | "rowsIn" | "rowsLoaded" | "rowsDuplicate" | "rowsQuarantined">,
): void {
  const accounted = sheet.rowsLoaded + sheet.rowsDuplicate + sheet.rowsQuarantined;
  if (accounted === sheet.rowsIn) return;
  throw fail(
    "INTERNAL",
    `${sheet.file}: ${sheet.rowsIn} rows came in but ${sheet.rowsLoaded} loaded + ${sheet.rowsDuplicate} duplicate + ` +
      `${sheet.rowsQuarantined} quarantined are ${accounted}. Nothing was changed.`,
  );
}
