import { Type } from "@fastify/type-provider-typebox";
import { fillProposal } from "../../models/routing/matrix-providers/fill-proposal.ts";
import type { MatrixProvider } from "../../models/routing/matrix-providers/matrix-provider.ts";
import type { Proposal } from "../../models/routing/propose-slots.ts";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP_OR_NULL } from "../schemas/stamp.ts";
import { VROOM_JOB, VROOM_SHIPMENT, VroomProblemSchema } from "../schemas/vroom-schema.ts";
import type { RouteSolver } from "../serving/route-solver.ts";

export interface RouteProposeOptions {
  readonly solver: Pick<RouteSolver, "propose">;
  readonly provider: MatrixProvider | undefined;
  readonly rateLimit: { readonly max: number; readonly timeWindow: string };
  readonly bodyLimit: number;
}

const MAX_SLOTS = 24;
const Slot = Type.Unsafe<[number, number]>({
  type: "array",
  items: { type: "integer", minimum: 0 },
  minItems: 2,
  maxItems: 2,
});

const DELIVERY = {
  type: "object",
  required: ["position", "begin"],
  properties: { position: { type: "integer" }, begin: { type: "number" } },
  description:
    "Of a shipment, whose pickup position and begin are for: the same of its delivery, the pickup not counted.",
};
const STEP = { type: "object", properties: { type: { type: "string" }, id: { type: "integer" } } };

const ProposeBody = Type.Object(
  {
    problem: VroomProblemSchema,
    job: Type.Optional(Type.Unsafe<object>({ ...VROOM_JOB, description: "The new order; or shipment." })),
    shipment: Type.Optional(Type.Unsafe<object>({ ...VROOM_SHIPMENT, description: "The new order; or job." })),
    slots: Type.Optional(
      Type.Array(Slot, { minItems: 1, maxItems: MAX_SLOTS, description: "Time windows to price, seconds." }),
    ),
    slots_of: Type.Optional(
      Type.Unsafe<"pickup" | "delivery">({
        enum: ["pickup", "delivery"],
        description: "Which half of a shipment the slots are for; its delivery by default.",
      }),
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        problem: {
          vehicles: [{ id: 1, start: [2.35, 48.86], end: [2.35, 48.86], steps: [{ type: "job", id: 11 }] }],
          jobs: [{ id: 11, location: [2.29, 48.86], service: 300 }],
        },
        job: { id: 12, location: [2.37, 48.89], service: 300 },
        slots: [[0, 3600]],
      },
    ],
  },
);

/** A promise to a customer: where a new order fits into the running plan, when, and what it costs more. */
export function routeProposeRoutes(
  app: ApiServer,
  { solver, provider, rateLimit, bodyLimit }: RouteProposeOptions,
): void {
  app.post(
    "/v1/routes/propose",
    {
      config: { rateLimit },
      bodyLimit,
      schema: {
        operationId: "proposeSlots",
        summary: "Price a new order against a running plan, time slot by time slot",
        description:
          "The vehicles' `steps` are the plan; no other stop changes its vehicle or its turn. Each proposal keeps every rule.",
        tags: ["routes"],
        body: ProposeBody,
        response: {
          200: Type.Object({
            ...STAMP_OR_NULL,
            slots: Type.Array(
              Type.Object({
                slot: Type.Unsafe<[number, number] | null>({
                  type: ["array", "null"],
                  items: { type: "integer" },
                  description: "Null where the order's own time windows hold.",
                }),
                proposals: Type.Array(
                  Type.Object({
                    vehicle: Type.Integer(),
                    position: Type.Integer({ description: "Before the vehicle's task of this number, from 0." }),
                    begin: Type.Number({ description: "When service would begin, seconds." }),
                    delivery: Type.Optional(Type.Unsafe<NonNullable<Proposal["delivery"]>>(DELIVERY)),
                    marginal_cost: Type.Number({
                      description: "What the plan costs more, in all that a solution weighs.",
                    }),
                    marginal_duration: Type.Number({ description: "Seconds of travel more." }),
                    steps: Type.Optional(
                      Type.Unsafe<NonNullable<Proposal["steps"]>>({
                        type: "array",
                        items: STEP,
                        description:
                          "The vehicle's steps with the order, of a shipment, or where there are reloads among them: one may be set in for it.",
                      }),
                    ),
                  }),
                  { description: "The best place on each vehicle, cheapest first, at most 10." },
                ),
              }),
            ),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request) => {
      const question = provider === undefined ? request.body : await fillProposal(request.body, provider);
      const slots = await solver.propose(question);
      return {
        ...stampOf(request),
        slots: slots.map(({ slot, proposals }) => ({
          slot: slot === null ? null : ([...slot] as [number, number]),
          proposals: [...proposals],
        })),
      };
    },
  );
}
