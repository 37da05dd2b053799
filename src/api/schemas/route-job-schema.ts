import { Type } from "@fastify/type-provider-typebox";
import type { RouteJob } from "../serving/route-job-desk.ts";
import { nullableText } from "./stamp.ts";
import { VroomSolutionSchema } from "./vroom-schema.ts";

const ProgressSchema = Type.Object({
  elapsedMs: Type.Integer({ description: "Since the search began." }),
  cost: Type.Number({
    description: "Of the best plan at that moment, as its `summary` will state it, but for rounding.",
  }),
  unassigned: Type.Integer({ description: "Tasks it leaves out; a shipment is two." }),
  iteration: Type.Integer(),
});

/** A routing job without its solution: what a POST answers and what its events tell. */
export const RouteJobSchema = Type.Object({
  id: Type.String(),
  state: Type.Enum(["queued", "running", "succeeded", "cancelled", "failed"]),
  timeLimitSec: Type.Number(),
  seed: Type.Integer(),
  threads: Type.Integer({ description: "That search together: those asked for, but not more than there are cores." }),
  submittedAt: Type.String(),
  startedAt: nullableText(),
  finishedAt: nullableText(),
  progress: Type.Array(ProgressSchema, {
    description: "Better plans as they were found, oldest first; at most one a hundredth of the time so far.",
  }),
  error: Type.Unsafe<RouteJob["error"]>({
    type: ["object", "null"],
    properties: {
      code: { type: "string" },
      detail: { type: "string" },
      errors: {
        type: "array",
        items: {
          type: "object",
          properties: { pointer: { type: "string" }, message: { type: "string" } },
          required: ["pointer", "message"],
        },
      },
    },
    required: ["code", "detail", "errors"],
  }),
});

export const SolvedRouteJobSchema = Type.Object({
  ...RouteJobSchema.properties,
  solution: Type.Unsafe<RouteJob["solution"]>({
    type: ["object", "null"],
    additionalProperties: true,
    description: "VROOM's answer; null until the job ends. A cancelled job has the best it had found.",
    properties: { ...VroomSolutionSchema.properties },
  }),
});
