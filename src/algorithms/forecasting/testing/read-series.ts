import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { packageRoot } from "../../../core/paths.ts";

export interface CompetitionSeries {
  readonly id: string;
  readonly period: number;
  readonly horizon: number;
  readonly train: Float64Array;
  readonly test: Float64Array;
}

/** Series of `id,m,h,train,test` files beside the repository, or undefined where they are not there. */
export function readCompetitionSeries(name: string): CompetitionSeries[] | undefined {
  const file = join(packageRoot(), "..", "shared", "data", "forecast", name);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const toNumbers = (cell: string): Float64Array => Float64Array.from(cell.split(" "), Number);
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [id, period, horizon, train, test] = line.split(",") as [string, string, string, string, string];
      return { id, period: Number(period), horizon: Number(horizon), train: toNumbers(train), test: toNumbers(test) };
    });
}
