import { type Static, Type } from "@fastify/type-provider-typebox";
import { fail } from "../../core/errors.ts";
import { expectUnits } from "../../models/pricing/expect-units.ts";
import { foreseeUnits } from "../../models/pricing/foresee-units.ts";
import type { PriceQuestion } from "../../models/pricing/load-pricer.ts";
import { simulatePrice } from "../../models/pricing/simulate-price.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import {
  ChoiceSchema,
  ELASTICITY,
  ElasticityQuery,
  EquilibriumSchema,
  OptimizeBody,
  OutcomeSchema,
  WhatIfBody,
} from "../schemas/pricing-schema.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP } from "../schemas/stamp.ts";

const tags = ["demand"];

/** How demand answers to price, and which price earns most. */
export function pricingRoutes(app: ApiServer): void {
  app.get(
    "/v1/pricing/elasticity",
    {
      config: { cacheControl: CACHE_FOR_A_MINUTE },
      schema: {
        operationId: "getElasticity",
        summary: "How demand for a product answers to its price",
        tags,
        querystring: ElasticityQuery,
        response: { 200: Type.Object({ ...STAMP, ...ELASTICITY }), ...PROBLEM_RESPONSES },
      },
    },
    (request) => {
      const { id, asOf, pricer, stockPlanner } = releaseOf(request);
      const { store, product, market } = request.query;
      return { release: id, asOf, ...pricer.elasticity(stockPlanner.findStore(store), product, market) };
    },
  );

  app.post(
    "/v1/pricing/optimize",
    {
      schema: {
        operationId: "optimizePrice",
        summary: "The price of greatest margin for a product",
        description:
          "Within bounds (70 to 130 % of the newest price where none are given) and stock. Refused where the product's price " +
          "never varied, unless usePooled lets its category or store speak for it.",
        tags,
        body: OptimizeBody,
        response: {
          200: Type.Object({
            ...STAMP,
            ...ELASTICITY,
            now: ChoiceSchema,
            best: ChoiceSchema,
            equilibriumMinor: EquilibriumSchema,
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => {
      const { id, asOf, pricer, stockPlanner } = releaseOf(request);
      const { supply, suppliers, ...question } = request.body;
      const { from, ...advice } = pricer.optimize({
        ...question,
        ...expectUnits(stockPlanner, question),
        ...readSupply(supply, suppliers),
      });
      return { release: id, asOf, ...from, ...advice };
    },
  );

  app.post(
    "/v1/pricing/what-if",
    {
      schema: {
        operationId: "simulatePrice",
        summary: "Demand, revenue and margin at another price or under a promotion",
        description:
          "Give `priceMinor`, or `discount` as a share of the newest price; `days` fewer than the horizon make it a promotion " +
          "after which the price is as before.",
        tags,
        body: WhatIfBody,
        response: {
          200: Type.Object({ ...STAMP, ...ELASTICITY, now: OutcomeSchema, changed: OutcomeSchema }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request) => {
      const { id, asOf, pricer, stockPlanner, forecaster } = releaseOf(request);
      const { horizonDays, days = horizonDays, priceMinor: price, discount, ...wish } = request.body;
      const { store, product, ...foreseen } = await foreseeUnits(stockPlanner, forecaster, request.body);
      const from = pricer.elasticity(store, product, request.body.market);
      const priceMinor = readPrice(price, discount, from.priceMinor);
      const simulated = simulatePrice(from, { ...wish, ...foreseen, horizonDays, days, priceMinor });
      return { release: id, asOf, ...from, ...simulated };
    },
  );
}

function readSupply(
  curve: Static<typeof OptimizeBody>["supply"],
  suppliers: Static<typeof OptimizeBody>["suppliers"],
): Pick<PriceQuestion, "supply" | "offers"> {
  if (curve !== undefined && suppliers !== undefined) {
    const message = "give either supply or suppliers";
    throw fail("REQUEST_INVALID", `The body has both supply and suppliers; ${message}.`, {
      errors: [{ pointer: "/suppliers", message }],
    });
  }
  return {
    supply: curve && { price: curve.priceMinor, units: curve.units, elasticity: curve.elasticity },
    offers: suppliers?.map(({ unitCostMinor, unitsPerWeek, leadTimeDays }) => ({
      unitCost: unitCostMinor,
      unitsPerDay: unitsPerWeek / 7,
      leadTimeDays,
    })),
  };
}

function readPrice(price: number | undefined, discount: number | undefined, newest: number): number {
  if (price !== undefined && discount === undefined) return price;
  if (discount !== undefined && price === undefined) return newest * (1 - discount);
  const message = "give either priceMinor or discount";
  throw fail(
    "REQUEST_INVALID",
    `The body has ${price === undefined ? "neither" : "both"} priceMinor and discount; ${message}.`,
    { errors: [{ pointer: price === undefined ? "/priceMinor" : "/discount", message }] },
  );
}
