import type { IsoDate } from "../core/dates.ts";
import { fail } from "../core/errors.ts";
import type { ProgressListener } from "../core/progress.ts";
import type { Stop } from "../core/stop.ts";
import type { Session } from "../warehouse/database.ts";
import type { ModelCard } from "../warehouse/releases/release-manifest.ts";

/** What a fit may read and must obey. */
export interface ModelContext {
  readonly session: Session;
  /** Last day of data: nothing later is read, even where the marts hold it. */
  readonly asOf: IsoDate;
  readonly seed: number;
  /** What the current release says of this model; missing where it has none. */
  readonly previous?: ModelCard | undefined;
  readonly stop: Stop;
  readonly onProgress: ProgressListener;
}

/** A fitted model, measured against its naive baseline, ready for a release. */
export interface ModelOutcome {
  readonly card: Omit<ModelCard, "published">;
  /** Its artefacts; the names are those of `card.artefacts`. */
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** What the fit did without, for whoever reads the run. */
  readonly remark?: string;
}

/** A model of the nightly run: reads marts, backtests, states its gate and gives artefacts. Same data and seed, same bytes. */
export interface Model {
  readonly name: string;
  fit(context: ModelContext): Promise<ModelOutcome>;
}

/** Reports a step and ends the fit where the run was told to stop. */
export function reportStep(context: ModelContext, label: string, done: number, total: number): void {
  if (context.stop.shouldStop(done)) throw fail("JOB_STEP_FAILED", `Stopped before "${label}" on request.`);
  context.onProgress({ label, done, total });
}
