import type { ModelCard, ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";

/** What becomes of a model in the next release. */
export type Verdict = "publish" | "carry-over" | "absent";

export interface GateDecision {
  readonly verdict: Verdict;
  /** The card for the release; its artefacts are files of the new fit, of the release before, or none. */
  readonly card: ModelCard;
  /** The release whose files are carried over. */
  readonly carriedFrom: string | null;
}

/**
 * Decides on a fitted model. Passed: it is published. Failed: the release before keeps its place, card and artefacts,
 * marked as not published and with the gate that was failed; where there is none, the model is absent and its card says why.
 */
export function decideGate(
  fitted: Omit<ModelCard, "published">,
  current: Pick<ReleaseManifest, "releaseId" | "models"> | undefined,
): GateDecision {
  if (fitted.gate.passed) return { verdict: "publish", card: { ...fitted, published: true }, carriedFrom: null };
  const previous = current?.models.find((card) => card.name === fitted.name);
  if (current !== undefined && previous !== undefined && previous.artefacts.length > 0) {
    const card = { ...previous, published: false, gate: fitted.gate };
    return { verdict: "carry-over", card, carriedFrom: current.releaseId };
  }
  return { verdict: "absent", card: { ...fitted, published: false, artefacts: [] }, carriedFrom: null };
}
