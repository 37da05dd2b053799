import type { IsoDate } from "../../core/dates.ts";
import type { SqlParams } from "../database.ts";

/** What the metrics need of an open release: its identity and a way to run SELECTs over its mart tables. */
export interface MetricSource {
  readonly id: string;
  readonly asOf: IsoDate;
  rows<T extends object>(sql: string, params?: SqlParams): Promise<T[]>;
}
