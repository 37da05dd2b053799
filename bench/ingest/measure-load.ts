import { systemClock } from "../../src/core/clock.ts";
import { readConfig } from "../../src/core/config.ts";
import { varPaths } from "../../src/core/paths.ts";
import { ingestFile } from "../../src/ingest/ingest-file.ts";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";

/** Loads one file into a new warehouse and prints what it cost: run by run.ts in a process of its own. */
const [file, varDir] = process.argv.slice(2);
if (file === undefined || varDir === undefined) throw new Error("usage: measure-load.ts <file> <folder>");

const warehouse = await openWarehouse(readConfig(process.env, { varDir }));
const before = process.cpuUsage();
const sheet = await ingestFile(warehouse, varPaths(varDir), {
  dataset: "order-lines",
  source: "online-retail",
  file,
  clock: systemClock,
});
const used = process.cpuUsage(before);
warehouse.close();
console.log(
  JSON.stringify({
    rows: sheet.rowsLoaded,
    cpuSec: (used.user + used.system) / 1e6,
    wallSec: sheet.durationMs / 1000,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
