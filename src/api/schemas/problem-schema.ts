import { Type } from "@fastify/type-provider-typebox";
import { type Problem, PROBLEM_MEDIA_TYPE } from "../problems/problem.ts";

/** RFC 9457; every answer from 400 on. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: "Path that explains the code." }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: "The field, what is wrong with it and what to do." }),
    instance: Type.String({ description: "This request, as x-request-id and the log name it." }),
    code: Type.String({ description: "Stable code, AREA_REASON." }),
    errors: Type.Array(
      Type.Object({
        pointer: Type.String({ description: "Where: a JSON pointer into the body, or `/name` of a parameter." }),
        message: Type.String(),
      }),
    ),
    vroom: Type.Optional(
      Type.Unsafe<NonNullable<Problem["vroom"]>>({
        type: "object",
        required: ["code", "error"],
        properties: { code: { type: "integer", minimum: 1, maximum: 3 }, error: { type: "string" } },
        description: "Of routing requests: VROOM's code (1 internal, 2 wrong input, 3 routing) and its error text.",
      }),
    ),
  },
  { $id: "Problem", description: "A failure, RFC 9457." },
);

const problem = (description: string) =>
  Type.Unsafe<Problem>({ description, content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: "Problem#" } } } });

/** Failures any route can answer with; spread into its `response`. */
export const PROBLEM_RESPONSES = {
  "4xx": problem("The request cannot be answered as it is; `detail` says what to change."),
  "5xx": problem("The server cannot answer now; `code` says whether asking again can help."),
};
