import { join } from "node:path";
import { openDatabase } from "../../src/warehouse/database.ts";

/** What the engine alone needs to copy the same file into a table: no contract, no hash, no check. Run by run.ts. */
const [file, folder] = process.argv.slice(2);
if (file === undefined || folder === undefined) throw new Error("usage: measure-copy.ts <file> <folder>");

const reader = file.endsWith(".parquet") ? "read_parquet" : "read_csv";
const options = file.endsWith(".parquet") ? "" : ", all_varchar = true";
const database = await openDatabase(join(folder, "copy.duckdb"), {
  memory: "1500MB",
  threads: 2,
  tempDir: join(folder, "tmp"),
});
const session = await database.session();
const started = performance.now();
const before = process.cpuUsage();
await session.run(`CREATE TABLE line AS SELECT * FROM ${reader}('${file}'${options})`);
const used = process.cpuUsage(before);
const [counted] = await session.rows<{ n: number }>("SELECT count(*) AS n FROM line");
console.log(
  JSON.stringify({
    rows: counted?.n ?? 0,
    cpuSec: (used.user + used.system) / 1e6,
    wallSec: (performance.now() - started) / 1000,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
session.close();
database.close();
