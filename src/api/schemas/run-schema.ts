import { Type } from "@fastify/type-provider-typebox";
import { nullableText } from "./stamp.ts";

const StepSchema = Type.Object({
  step: Type.String(),
  state: Type.Enum(["running", "succeeded", "failed", "skipped", "abandoned"]),
  attempt: Type.Integer(),
  startedAt: Type.String(),
  finishedAt: nullableText(),
  durationMs: Type.Unsafe<number | null>({ type: ["number", "null"] }),
  rowsIn: Type.Integer(),
  rowsOut: Type.Integer(),
  figures: Type.Unsafe<Readonly<Record<string, number>>>({ type: "object", additionalProperties: { type: "number" } }),
  reason: nullableText("Why it was skipped or failed, or what it did without."),
});

/** A run as the ledger tells it: the nightly graph, or the load of a file that was sent. */
export const RunSchema = Type.Object({
  runId: Type.String(),
  kind: Type.Enum(["nightly", "ingest"]),
  state: Type.Enum(["running", "succeeded", "failed", "abandoned", "skipped"]),
  asOf: nullableText("Last day of its data; null until it is known."),
  scheduledFor: nullableText("Slot of the schedule; null when somebody started it."),
  startedAt: Type.String(),
  finishedAt: nullableText(),
  releaseId: nullableText("Release it published."),
  error: Type.Unsafe<{ readonly code: string; readonly detail: string } | null>({
    type: ["object", "null"],
    properties: { code: { type: "string" }, detail: { type: "string" } },
    required: ["code", "detail"],
  }),
  steps: Type.Array(StepSchema),
});
