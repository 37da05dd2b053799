import type { IsoDate } from "../../core/dates.ts";

/** What a release says of one model: how it was made, how good it is, whether it passed its gate. */
export interface ModelCard {
  readonly name: string;
  readonly version: string;
  /** False: the artefact of the release before was carried over. */
  readonly published: boolean;
  /** Names of its files in `models/`. */
  readonly artefacts: readonly string[];
  readonly window: DayWindow;
  /** Number of observations it was fitted on. */
  readonly trainedOn: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
  /** The same metrics of the naive baseline. */
  readonly baseline: Readonly<Record<string, number>>;
  readonly gate: { readonly rule: string; readonly passed: boolean };
  readonly seed: number;
}

export interface DayWindow {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface ReleaseFile {
  /** Relative to the release folder. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** An immutable Parquet file of one store's month of one fact table; releases share it while the content is the same. */
export interface FactPartition {
  readonly table: string;
  readonly store: string;
  /** `YYYY-MM`, or `undated`. */
  readonly month: string;
  /** Relative to the folder of run-time state. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  /** Changes when a row changes, comes or goes; compared before writing the partition anew. */
  readonly fingerprint: string;
}

/** Everything a release consists of. Written once, last, and never changed. */
export interface ReleaseManifest {
  readonly releaseId: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Last day of data. */
  readonly asOf: IsoDate;
  /** Version of Tradewind. */
  readonly version: string;
  readonly runId: string;
  readonly files: readonly ReleaseFile[];
  readonly facts: readonly FactPartition[];
  /** Domain (orders, shipments, fx, …) → days known. */
  readonly windows: Readonly<Record<string, DayWindow>>;
  readonly models: readonly ModelCard[];
  /** Rows of each mart and whatever else the run counted. */
  readonly figures: Readonly<Record<string, number>>;
}
