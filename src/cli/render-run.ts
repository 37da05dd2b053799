import type { RunRecord } from "../jobs/ledger/run-record.ts";
import { renderTable } from "./print-table.ts";
import { renderDuration } from "./render-duration.ts";

/** A run for people: its steps as a table, then what came of it. */
export function renderRun(run: RunRecord): string {
  const table = renderTable(run.steps, [
    { title: "STEP", value: (step) => step.step },
    { title: "STATE", value: (step) => step.state },
    { title: "TIME", value: (step) => (step.durationMs === null ? null : renderDuration(step.durationMs)) },
    { title: "ROWS IN", value: (step) => step.rowsIn },
    { title: "ROWS OUT", value: (step) => step.rowsOut },
    { title: "NOTE", value: (step) => step.reason ?? renderFigures(step.figures) },
  ]);
  const asOf = run.asOf === null ? "" : ` · data up to ${run.asOf}`;
  const release = run.releaseId === null ? " · nothing new published" : ` · release ${run.releaseId}`;
  const error = run.error === null ? "" : `\n${run.error.code}: ${run.error.detail}`;
  return `${table}\n${run.kind} ${run.runId} ${run.state}${asOf}${run.state === "succeeded" ? release : ""}${error}\n`;
}

/** More would push the table off every screen; all stand on the model cards and in the ledger. */
const FIGURES_SHOWN = 10;

function renderFigures(figures: Readonly<Record<string, number>>): string {
  const all = Object.entries(figures);
  const shown = all
    .slice(0, FIGURES_SHOWN)
    .map(([name, value]) => `${name} ${value.toLocaleString("en-US", { maximumFractionDigits: 4 })}`);
  if (all.length > FIGURES_SHOWN) shown.push(`and ${all.length - FIGURES_SHOWN} more (--json)`);
  return shown.join(", ");
}
