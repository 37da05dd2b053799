import { Type } from "@fastify/type-provider-typebox";
import { fillMatrices } from "../../models/routing/matrix-providers/fill-matrices.ts";
import type { MatrixProvider } from "../../models/routing/matrix-providers/matrix-provider.ts";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP_OR_NULL } from "../schemas/stamp.ts";
import { VroomProblemSchema, VroomSolutionSchema } from "../schemas/vroom-schema.ts";
import type { RouteSolver } from "../serving/route-solver.ts";

export interface RouteSolveOptions {
  readonly solver: Pick<RouteSolver, "solve" | "check">;
  readonly provider: MatrixProvider | undefined;
  readonly rateLimit: { readonly max: number; readonly timeWindow: string };
  readonly bodyLimit: number;
}

const CheckBody = Type.Object(
  {
    problem: VroomProblemSchema,
    solution: Type.Unsafe<object>({
      type: "object",
      description: "In VROOM's format: summary, routes with steps, unassigned. Ours or anyone's.",
      examples: [{ summary: {}, routes: [], unassigned: [] }],
    }),
  },
  { additionalProperties: false },
);

/** Who drives where. Input and output keep VROOM's names, so that tools for it work with us. */
export function routeSolveRoutes(app: ApiServer, { solver, provider, rateLimit, bodyLimit }: RouteSolveOptions): void {
  app.post(
    "/v1/routes/solve",
    {
      config: { rateLimit },
      bodyLimit,
      schema: {
        operationId: "solveRoutes",
        summary: "Plan the routes of a few vehicles",
        description: "VROOM's format in and out. Stops that fit nowhere are listed under `unassigned`.",
        tags: ["routes"],
        body: VroomProblemSchema,
        response: { 200: Type.Object({ ...STAMP_OR_NULL, ...VroomSolutionSchema.properties }), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const problem = provider === undefined ? request.body : await fillMatrices(request.body, provider);
      return { ...stampOf(request), ...(await solver.solve(problem)) };
    },
  );

  app.post(
    "/v1/routes/check",
    {
      config: { rateLimit },
      bodyLimit,
      schema: {
        operationId: "checkRoutes",
        summary: "Check a solution against its problem",
        description: "Replays every route with other code than the solver's, and says in words what is wrong.",
        tags: ["routes"],
        body: CheckBody,
        response: {
          200: Type.Object({
            ...STAMP_OR_NULL,
            isFeasible: Type.Boolean(),
            faults: Type.Array(Type.String(), { description: "Broken rules and misstated figures." }),
            priority: Type.Number({ description: "Of the tasks served." }),
            assigned: Type.Integer({ description: "Tasks served." }),
            cost: Type.Number(),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request) => {
      const { faults, ...checked } = await solver.check(request.body.problem, request.body.solution);
      return { ...stampOf(request), isFeasible: faults.length === 0, faults: [...faults], ...checked };
    },
  );
}
