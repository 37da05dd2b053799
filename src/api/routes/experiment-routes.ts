import { Type } from "@fastify/type-provider-typebox";
import { type IsoDate, toIsoDate } from "../../core/dates.ts";
import { fail } from "../../core/errors.ts";
import { type Experiment, isActive, type VariantSettings } from "../../models/experiments/experiment.ts";
import { readExperiment } from "../../models/experiments/read-experiment.ts";
import type { ApiServer } from "../api-server.ts";
import type { AppOptions } from "../app-options.ts";
import { releaseOf, stampOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { ReadOutSchema } from "../schemas/experiment-schema.ts";
import { STAMP, STAMP_OR_NULL } from "../schemas/stamp.ts";

const SettingsSchema = Type.Unsafe<VariantSettings>({
  type: "object",
  description: "What requests for a customer's list are given; empty: the defaults.",
  properties: {
    model: { type: "string" },
    diversity: { type: "number" },
    marginWeight: { type: "number" },
    deliveryWeight: { type: "number" },
    maxPerCategory: { type: "integer" },
    excludePurchased: { type: "boolean" },
    coolDownDays: { type: "integer" },
  },
});

const ExperimentSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  unit: Type.Enum(["customer"]),
  startsOn: Type.String({ format: "date", description: "First day, UTC." }),
  endsOn: Type.String({ format: "date", description: "Last day, UTC, included." }),
  isActive: Type.Boolean({ description: "Whether customers are in it today." }),
  variants: Type.Array(
    Type.Object({
      id: Type.String(),
      share: Type.Number({ description: "Of the customers, 0 to 1." }),
      settings: SettingsSchema,
      exploration: Type.Optional(
        Type.Object(
          { method: Type.Enum(["epsilon", "thompson"]), share: Type.Number({ description: "Of the places, 0 to 1." }) },
          { description: "How its lists try what the settings would not show." },
        ),
      ),
    }),
  ),
  candidates: Type.Array(Type.Object({ id: Type.String(), settings: SettingsSchema }), {
    description:
      "Ways to recommend that nobody is shown; the read-out values them by what exploring variants have shown.",
  }),
});
const tags = ["recommendations"];

/** Experiments as their files state them. */
export function experimentRoutes(
  app: ApiServer,
  { experiments, clock }: Pick<AppOptions, "experiments" | "clock">,
): void {
  app.get(
    "/v1/experiments",
    {
      schema: {
        operationId: "listExperiments",
        summary: "Experiments in the order of their days",
        tags,
        response: {
          200: Type.Object({ ...STAMP_OR_NULL, experiments: Type.Array(ExperimentSchema) }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => {
      const today = toIsoDate(clock.now());
      return { ...stampOf(request), experiments: experiments.map((each) => describe(each, today)) };
    },
  );

  app.get(
    "/v1/experiments/:id",
    {
      schema: {
        operationId: "getExperiment",
        summary: "One experiment and what it has shown",
        description:
          "Read from the served release: exposures of today are in it after the next night. Orders count for 28 days from a " +
          "customer's first list on; customers who were shown several variants are left out and counted.",
        tags,
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }, { additionalProperties: false }),
        response: {
          200: Type.Object({ ...STAMP, ...ExperimentSchema.properties, readOut: ReadOutSchema }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request) => {
      const experiment = experiments.find(({ id }) => id === request.params.id);
      if (experiment === undefined) {
        throw fail("EXPERIMENT_NOT_FOUND", `There is no experiment "${request.params.id}"; see GET /v1/experiments.`);
      }
      const { id: release, asOf, tables } = releaseOf(request);
      const readOut = await readExperiment(tables, experiment);
      return { release, asOf, ...describe(experiment, toIsoDate(clock.now())), readOut };
    },
  );
}

function describe({ id, title, unit, startsOn, endsOn, variants, candidates = [] }: Experiment, today: IsoDate) {
  const total = variants.reduce((sum, variant) => sum + variant.weight, 0);
  return {
    id,
    title,
    unit,
    startsOn,
    endsOn,
    isActive: isActive({ id, title, unit, startsOn, endsOn, variants }, today),
    variants: variants.map((variant) => ({
      id: variant.id,
      share: variant.weight / total,
      settings: variant.settings,
      ...(variant.exploration === undefined ? {} : { exploration: variant.exploration }),
    })),
    candidates: [...candidates],
  };
}
