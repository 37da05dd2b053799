import type { BalanceSheet } from "../ingest/balance-sheet.ts";
import { renderTable } from "./print-table.ts";

/** Balance sheets for people: what became of the rows of each file, then why rows were not loaded. */
export function renderBalance(sheets: readonly BalanceSheet[]): string {
  const table = renderTable(sheets, [
    { title: "FILE", value: (sheet) => sheet.file },
    { title: "ROWS IN", value: (sheet) => sheet.rowsIn },
    { title: "= LOADED", value: (sheet) => sheet.rowsLoaded },
    { title: "+ DUPLICATE", value: (sheet) => sheet.rowsDuplicate },
    { title: "+ QUARANTINED", value: (sheet) => sheet.rowsQuarantined },
    { title: "CONTROL TOTAL", value: (sheet) => sheet.controlTotal },
    { title: "NOTE", value: (sheet) => (sheet.alreadyLoaded ? "loaded before" : "") },
  ]);
  const reasons = sheets.flatMap((sheet) => sheet.reasons.map((reason) => ({ file: sheet.file, ...reason })));
  if (reasons.length === 0) return table;
  const why = renderTable(reasons, [
    { title: "REASON", value: (reason) => reason.code },
    { title: "COLUMN", value: (reason) => reason.column },
    { title: "ROWS", value: (reason) => reason.count },
    { title: "FILE", value: (reason) => reason.file },
    { title: "EXAMPLE", value: (reason) => reason.example.slice(0, 60) },
  ]);
  return `${table}\n${why}`;
}
