import { Type } from "@fastify/type-provider-typebox";

const Entities = (description: string) =>
  Type.Array(Type.Unsafe<Readonly<Record<string, unknown>>>({ type: "object" }), { maxItems: 1000, description });

/** The outer shape; what stands inside a job or a vehicle is checked by the solver, which names the field. */
export const VroomProblemSchema = Type.Object(
  {
    vehicles: Entities("Vehicles with start, end, capacity, time_window."),
    jobs: Type.Optional(Entities("Stops with location, service, delivery, time_windows.")),
    shipments: Type.Optional(Entities("Pairs of pickup and delivery.")),
    matrices: Type.Optional(
      Type.Unsafe<Readonly<Record<string, unknown>>>({ type: "object", description: "Travel times by profile." }),
    ),
  },
  { additionalProperties: false },
);

const open = { type: "object", additionalProperties: true } as const;

export const VroomSolutionSchema = Type.Object({
  code: Type.Integer({ description: "0: solved." }),
  summary: Type.Unsafe<object>(open),
  unassigned: Type.Unsafe<readonly object[]>({ type: "array", items: open }),
  routes: Type.Unsafe<readonly object[]>({ type: "array", items: open }),
});
