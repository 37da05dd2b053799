import { Type } from "@fastify/type-provider-typebox";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP_OR_NULL } from "../schemas/stamp.ts";
import { VroomProblemSchema, VroomSolutionSchema } from "../schemas/vroom-schema.ts";
import type { RouteSolver } from "../serving/route-solver.ts";

export interface RouteSolveOptions {
  readonly solver: Pick<RouteSolver, "solve">;
  readonly rateLimit: { readonly max: number; readonly timeWindow: string };
}

/** Who drives where. Input and output keep VROOM's names, so that tools for it work with us. */
export function routeSolveRoutes(app: ApiServer, { solver, rateLimit }: RouteSolveOptions): void {
  app.post(
    "/v1/routes/solve",
    {
      config: { rateLimit },
      schema: {
        operationId: "solveRoutes",
        summary: "Plan the routes of a few vehicles",
        description: "VROOM's format in and out. Stops that fit nowhere are listed under `unassigned`.",
        tags: ["routes"],
        body: VroomProblemSchema,
        response: { 200: Type.Object({ ...STAMP_OR_NULL, ...VroomSolutionSchema.properties }), ...PROBLEM_RESPONSES },
      },
    },
    async (request) => ({ ...stampOf(request), ...(await solver.solve(request.body)) }),
  );
}
