/** What a run came to, as results.json keeps it. */
export interface BenchmarkRun {
  readonly name: string;
  readonly budgetSec: number;
  readonly budgetOf: "cpu" | "wall";
  readonly threads?: number;
  readonly seed?: number;
  readonly gapPercent: number;
  readonly leftOut: number;
  readonly vehicles: number;
  readonly fewestVehicles?: number | undefined;
  /** The gap whenever it had become smaller; empty where vehicles come first. */
  readonly overTime: readonly { readonly seconds: number; readonly gapPercent: number }[];
}

/** Parts of the budget at which the table has the gap. */
const PARTS = [1 / 16, 1 / 8, 1 / 4, 1 / 2];

/** Markdown: a line a set and budget with mean and worst, then a line a run with its gap over time. */
export function writeTable(runs: readonly BenchmarkRun[]): string {
  const sets = new Map<string, BenchmarkRun[]>();
  for (const run of runs) {
    const set = `${setOf(run.name)} | ${run.budgetSec} | ${run.threads ?? 1}`;
    sets.set(set, [...(sets.get(set) ?? []), run]);
  }
  const summary = [...sets].map(([set, list]) => {
    const gaps = list.map(({ gapPercent }) => gapPercent);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const seeds = [...new Set(list.map(({ seed = 1 }) => seed))].sort((a, b) => a - b).join(", ");
    const timed = list.filter(({ fewestVehicles }) => fewestVehicles !== undefined);
    const fewest = timed.filter(({ vehicles, fewestVehicles = 0 }) => vehicles <= fewestVehicles).length;
    const kept = timed.length === 0 ? "" : `${fewest} of ${timed.length}`;
    return `| ${set} | ${list.length} | ${seeds} | ${mean.toFixed(2)} | ${Math.max(...gaps).toFixed(2)} | ${kept} |`;
  });
  const lines = runs.map((run) => {
    const course = PARTS.map((part) => gapAfter(run, part)?.toFixed(2) ?? "");
    const { name, budgetSec, threads = 1, seed = 1, gapPercent, vehicles } = run;
    return `| ${name} | ${budgetSec} | ${threads} | ${seed} | ${[...course, gapPercent.toFixed(2), vehicles].join(" | ")} |`;
  });
  return [
    "# Gaps to the best known distances, in per cent",
    "",
    "<!-- Written by bench/routing/run.ts. -->",
    "",
    "| set | seconds | threads | runs | seeds | mean | worst | at the fewest vehicles known |",
    "|---|---|---|---|---|---|---|---|",
    ...summary,
    "",
    "Over time: the gap of the best plan after so much of the budget.",
    "",
    "| instance | seconds | threads | seed | 1/16 | 1/8 | 1/4 | 1/2 | in the end | vehicles |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

function gapAfter({ overTime, budgetSec }: BenchmarkRun, part: number): number | undefined {
  return overTime.findLast(({ seconds }) => seconds <= part * budgetSec + 0.1)?.gapPercent;
}

function setOf(name: string): string {
  const size = /_(\d+)_/.exec(name)?.[1];
  if (name.startsWith("X")) {
    const stops = Number(/n(\d+)/.exec(name)?.[1]) - 1;
    return stops <= 200 ? "X, up to 200 stops" : stops <= 400 ? "X, up to 400 stops" : "X, up to 1,000 stops";
  }
  if (/^l/i.test(name)) return `Li and Lim, ${size === undefined ? 100 : Number(size) * 100} stops`;
  return size === undefined ? "Solomon, 100 stops" : `Gehring and Homberger, ${Number(size) * 100} stops`;
}
