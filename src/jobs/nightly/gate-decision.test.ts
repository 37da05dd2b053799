import { expect, test } from "vitest";
import type { ModelCard } from "../../warehouse/releases/release-manifest.ts";
import { decideGate } from "./gate-decision.ts";

function card(changes: Partial<ModelCard>): ModelCard {
  return {
    name: "co-purchase",
    version: "1",
    published: true,
    artefacts: ["co-purchase.arrow"],
    window: { from: "2010-01-01", to: "2011-12-09" },
    trainedOn: 100,
    parameters: {},
    metrics: { recall: 0.2 },
    baseline: { recall: 0.1 },
    gate: { rule: "recall ≥ baseline", passed: true },
    seed: 1,
    ...changes,
  };
}

const failed = card({ metrics: { recall: 0.05 }, gate: { rule: "recall ≥ baseline", passed: false } });
const RELEASE = "20260301T033000-abcdef";

test("a model that passes its gate is published", () => {
  const fitted = card({ metrics: { recall: 0.3 } });
  const decision = decideGate(fitted, { releaseId: RELEASE, models: [card({})] });
  expect(decision).toEqual({ verdict: "publish", card: fitted, carriedFrom: null });
});

test("a model that fails keeps the artefacts and figures of the current release, and the gate says why", () => {
  const decision = decideGate(failed, { releaseId: RELEASE, models: [card({})] });
  const carried = card({ published: false, gate: failed.gate });
  expect(decision).toEqual({ verdict: "carry-over", card: carried, carriedFrom: RELEASE });
});

test("a model that fails without a predecessor is absent", () => {
  const absent = card({ ...failed, published: false, artefacts: [] });
  expect(decideGate(failed, undefined)).toEqual({ verdict: "absent", card: absent, carriedFrom: null });
  expect(decideGate(failed, { releaseId: RELEASE, models: [] }).verdict).toBe("absent");
  expect(decideGate(failed, { releaseId: RELEASE, models: [absent] }).verdict).toBe("absent");
});
