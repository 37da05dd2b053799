import { Type } from "@fastify/type-provider-typebox";
import type { DemandForecast } from "../../models/demand/forecaster.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import { list } from "../schemas/list.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP } from "../schemas/stamp.ts";
import { withDefault } from "../schemas/with-default.ts";

const Query = Type.Object(
  {
    store: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "Missing: the store with most series." }),
    ),
    product: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: "Missing: all products." })),
    category: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 400,
        description: "A category of the catalogue. Missing: that of the product, for level category.",
      }),
    ),
    market: Type.Optional(
      Type.String({
        pattern: "^[A-Z]{2}$",
        description: "ISO 3166-1 alpha-2. Missing: all markets.",
        examples: ["GB"],
      }),
    ),
    level: Type.Optional(
      Type.Enum(["product", "category", "market", "total"], {
        description:
          "How far up from what is named: the product, its category, the market, the store. Missing: the lowest that is named.",
      }),
    ),
    horizon: withDefault(
      Type.Integer({
        minimum: 1,
        maximum: 366,
        default: 28,
        description: "Steps at most; a release holds 13 weeks, or 28 days of what sells daily.",
      }),
    ),
  },
  { additionalProperties: false },
);

const HistorySchema = Type.Object({ on: Type.String(), value: Type.Number() });

const PointSchema = Type.Object({
  on: Type.String(),
  mean: Type.Number(),
  q025: Type.Number(),
  q10: Type.Number(),
  q25: Type.Number(),
  q50: Type.Number(),
  q75: Type.Number(),
  q90: Type.Number(),
  q975: Type.Number(),
});

const ForecastSchema = Type.Object({
  ...STAMP,
  method: Type.String({ description: "How it was made; `ended`: nothing was sold for 26 weeks, nothing is expected." }),
  reason: Type.Optional(
    Type.String({ description: "Why it is not the usual forecast: what is wrong with the series, or when it ended." }),
  ),
  level: Type.Enum(["product", "category", "market", "total"]),
  unit: Type.Enum(["day", "week"], { description: "Length of a step; `on` is its first day." }),
  history: list<DemandForecast["history"][number]>(HistorySchema, "Units sold, oldest first."),
  points: list<DemandForecast["points"][number]>(
    PointSchema,
    "Units expected, and what 2.5, 10, 25, 50, 75, 90 and 97.5 of 100 outcomes stay at or below.",
  ),
});

/** How many units will be sold, with the ranges that 50, 80 and 95 of 100 outcomes fall into. */
export function forecastRoutes(app: ApiServer): void {
  app.get(
    "/v1/forecasts",
    {
      config: { cacheControl: CACHE_FOR_A_MINUTE },
      schema: {
        operationId: "getForecast",
        summary: "Expected units of a product or a market",
        tags: ["demand"],
        querystring: Query,
        response: { 200: ForecastSchema, ...PROBLEM_RESPONSES },
      },
    },
    (request) => {
      const { id, forecaster } = releaseOf(request);
      return { release: id, ...forecaster.forecast(request.query) };
    },
  );
}
