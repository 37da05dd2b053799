import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateLines } from "./generate-lines.ts";

/**
 * How many rows a CPU-second brings into core with contracts on, and in how much memory, beside the engine's bare copy of the
 * same file. `npx tsx bench/ingest/run.ts [rows]`, 10 million by default; writes results.json beside this file. Targets:
 * 400,000 rows from Parquet and 250,000 from CSV a CPU-second, inside 2 GB. CPU seconds, since wall time says more about the
 * neighbours; on a crowded machine they grow too, which the bare copy shows.
 */
const rows = Number(process.argv[2] ?? 10_000_000);
const folder = mkdtempSync(join(tmpdir(), "tradewind-bench-ingest-"));

interface Measured {
  readonly rows: number;
  readonly cpuSec: number;
  readonly wallSec: number;
  readonly peakRssMb: number;
}

/** Runs a script in a process and folder of its own. */
function measure(script: string, file: string): Measured & { readonly rowsPerCpuSec: number } {
  const varDir = join(folder, "run");
  mkdirSync(varDir);
  const path = fileURLToPath(new URL(script, import.meta.url));
  const output = execFileSync(process.execPath, ["--import", "tsx", path, file, varDir], { encoding: "utf8" });
  rmSync(varDir, { recursive: true, force: true });
  const measured = JSON.parse(output) as Measured; // the one line that the scripts print
  return { ...measured, rowsPerCpuSec: Math.round(measured.rows / measured.cpuSec) };
}

try {
  const files = await generateLines(folder, rows);
  const figures: Record<string, unknown> = {};
  for (const [format, file] of Object.entries(files)) {
    figures[format] = {
      fileMb: Math.round(statSync(file).size / 1e6),
      ingest: measure("measure-load.ts", file),
      bareCopy: measure("measure-copy.ts", file),
    };
  }
  const result = {
    what: "order lines into core with contracts on, a fresh process and warehouse each",
    date: new Date().toISOString().slice(0, 10),
    machine: { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, load: loadavg()[1] },
    node: process.version,
    figures,
  };
  writeFileSync(new URL("results.json", import.meta.url), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
