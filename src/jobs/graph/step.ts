import type { ProgressListener } from "../../core/progress.ts";

export interface StepResult {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly figures: Readonly<Record<string, number>>;
  /** What the step did without, for whoever reads the run. */
  readonly remark?: string | undefined;
}

/**
 * One node of a run graph. A step can be run again at any time: it replaces its outputs whole, or adds what is not
 * there yet. What passes from step to step lies in the warehouse or on disk, never in memory, so a run that was
 * killed goes on from what the one before finished.
 */
export interface Step<Context> {
  readonly name: string;
  /** Outputs of other steps, or sources of the graph, that it reads. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Says what it is about to read; the same text as last time lets the run skip it. Absent: it always runs. */
  readonly fingerprint?: (context: Context) => Promise<string>;
  /** Whether the outputs of its last success are still in place. Asked only when the fingerprint is unchanged. */
  readonly hasOutputs?: (context: Context) => Promise<boolean>;
  /** It may run beside others of the kind: what it works with is its own. */
  readonly isConcurrent?: boolean;
  readonly run: (context: Context, onProgress: ProgressListener) => Promise<StepResult>;
}
