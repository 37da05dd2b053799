import { Type } from "@fastify/type-provider-typebox";
import type { ApiServer } from "../api-server.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP } from "../schemas/stamp.ts";

const Query = Type.Object(
  {
    store: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: "Missing: the store with most items." }),
    ),
    product: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: "Missing: all products." })),
    market: Type.Optional(
      Type.String({ pattern: "^[A-Z]{2}$", description: "ISO 3166-1 alpha-2. Missing: all markets.", example: "GB" }),
    ),
    horizon: Type.Integer({ minimum: 1, maximum: 366, default: 28, description: "Points at most." }),
  },
  { additionalProperties: false },
);

const ForecastSchema = Type.Object({
  ...STAMP,
  method: Type.String(),
  unit: Type.Enum(["day", "week"]),
  history: Type.Array(Type.Object({ on: Type.String(), value: Type.Number() })),
  points: Type.Array(
    Type.Object({
      on: Type.String(),
      mean: Type.Number(),
      q10: Type.Number(),
      q50: Type.Number(),
      q90: Type.Number(),
    }),
  ),
});

/** How many units will be sold, with the range that eight of ten outcomes fall into. */
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
      const { id, asOf, forecaster } = releaseOf(request);
      return { release: id, asOf, ...forecaster.forecast(request.query) };
    },
  );
}
