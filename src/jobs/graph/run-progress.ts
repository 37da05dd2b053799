import type { Progress } from "../../core/progress.ts";

/** What a run tells whoever watches it, step by step. `label`, `done` and `total` are the step's own report. */
export interface RunProgress extends Progress {
  readonly step: string;
  readonly state: "started" | "working" | "succeeded" | "skipped" | "retrying" | "failed";
  readonly durationMs: number;
}

export type RunProgressListener = (progress: RunProgress) => void;
