import { Type } from "@fastify/type-provider-typebox";
import type { PriceChoice } from "../../algorithms/pricing/optimize-price.ts";
import { fail } from "../../core/errors.ts";
import { simulatePrice, type PriceOutcome, type Ranged } from "../../models/pricing/simulate-price.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { nullableText, STAMP } from "../schemas/stamp.ts";
import { withDefault } from "../schemas/with-default.ts";

const CLOSED = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 200 });
const Store = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: "Missing: the store with most series." }),
);
const Price = Type.Optional(Type.Number({ minimum: 1, maximum: 1e12, description: "Minor units." }));
const tags = ["demand"];

const nullableNumber = (description?: string) =>
  Type.Unsafe<number | null>({ type: ["number", "null"], ...(description === undefined ? {} : { description }) });

const ELASTICITY = {
  store: Type.String(),
  product: Type.String(),
  elasticity: nullableNumber(
    "Percent by which demand changes when the price rises by one percent; null where nothing tells.",
  ),
  low: nullableNumber("Interval of 95 %."),
  high: nullableNumber(),
  basis: Type.Enum(["own", "category", "store", "none"], { description: "Whose price changes it was learned from." }),
  refusal: nullableText("Why the product's own history cannot tell."),
  crossElasticity: nullableNumber(
    "Percent by which demand changes when the mean price of the others of its category rises by one percent; above 0 for substitutes.",
  ),
  crossLow: nullableNumber("Interval of 95 %."),
  crossHigh: nullableNumber(),
  crossRefusal: nullableText("Why the product's own history cannot tell that."),
  priceMinor: Type.Number({ description: "The newest price asked." }),
  currency: Type.String(),
};

const ChoiceSchema = Type.Unsafe<PriceChoice>({
  type: "object",
  required: ["price", "units", "margin", "bound"],
  properties: {
    price: { type: "number", description: "Minor units." },
    units: { type: "number" },
    margin: { type: "number", description: "Over the horizon, minor units, after the unit cost given." },
    bound: { enum: ["none", "min-price", "max-price", "stock"], description: "What holds the price where it is." },
  },
});

const ranged = (description: string) =>
  Type.Unsafe<Ranged>({
    type: "object",
    description,
    required: ["expected", "low", "high"],
    properties: { expected: { type: "number" }, low: { type: "number" }, high: { type: "number" } },
  });

const OutcomeSchema = Type.Object({
  priceMinor: Type.Number(),
  units: ranged("Over the horizon; low and high by the elasticity's interval of 95 %."),
  revenueMinor: ranged("Minor units."),
  marginMinor: Type.Unsafe<PriceOutcome["marginMinor"]>({
    type: ["object", "null"],
    description: "After the unit cost given; null without one.",
    required: ["expected", "low", "high"],
    properties: { expected: { type: "number" }, low: { type: "number" }, high: { type: "number" } },
  }),
});

const EquilibriumSchema = nullableNumber("Price at which demand meets the supply given; null without one.");

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
        querystring: Type.Object({ store: Store, product: Id }, CLOSED),
        response: { 200: Type.Object({ ...STAMP, ...ELASTICITY }), ...PROBLEM_RESPONSES },
      },
    },
    (request) => {
      const { id, asOf, pricer, stockPlanner } = releaseOf(request);
      const store = stockPlanner.findStore(request.query.store);
      return { release: id, asOf, ...pricer.elasticity(store, request.query.product) };
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
        body: Type.Object(
          {
            store: Store,
            product: Id,
            market: Type.Optional(Type.String({ pattern: "^[A-Z]{2}$", description: "Whose demand; all if missing." })),
            horizonDays: withDefault(Type.Integer({ minimum: 1, maximum: 366, default: 28 })),
            unitCostMinor: Type.Number({ minimum: 0, maximum: 1e12, description: "Landed cost of a unit." }),
            minPriceMinor: Price,
            maxPriceMinor: Price,
            stock: Type.Optional(Type.Number({ minimum: 0, maximum: 1e9, description: "Units there are." })),
            supply: Type.Optional(
              Type.Object(
                {
                  priceMinor: Type.Number({ minimum: 1, maximum: 1e12 }),
                  units: Type.Number({ minimum: 0.001, maximum: 1e9, description: "Offered at that price." }),
                  elasticity: Type.Number({ minimum: 0, maximum: 100 }),
                },
                { ...CLOSED, description: "What suppliers offer over the horizon, for the equilibrium price." },
              ),
            ),
            elasticity: Type.Optional(
              Type.Number({ minimum: -50, maximum: 0, description: "Your own, instead of the learned one." }),
            ),
            usePooled: withDefault(Type.Boolean({ default: false })),
          },
          CLOSED,
        ),
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
      const { product, market = "", horizonDays, unitCostMinor, usePooled } = request.body;
      const { minPriceMinor, maxPriceMinor, stock } = request.body;
      const store = stockPlanner.findStore(request.body.store);
      const { expected } = stockPlanner.findProduct(store, product, market);
      const perWeek = expected.reduce((sum, units) => sum + units, 0) / Math.max(1, expected.length);
      const expectedUnits = (perWeek * horizonDays) / 7;
      const { supply: given, elasticity } = request.body;
      const supply = given && { price: given.priceMinor, units: given.units, elasticity: given.elasticity };
      const question = { store, product, expectedUnits, unitCostMinor, minPriceMinor, maxPriceMinor, stock };
      const { from, ...advice } = pricer.optimize({ ...question, supply, elasticity, usePooled });
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
        body: Type.Object(
          {
            store: Store,
            product: Id,
            market: Type.Optional(Type.String({ pattern: "^[A-Z]{2}$", description: "Whose demand; all if missing." })),
            horizonDays: withDefault(Type.Integer({ minimum: 1, maximum: 366, default: 28 })),
            days: Type.Optional(
              Type.Integer({ minimum: 1, maximum: 366, description: "At the new price; the horizon if missing." }),
            ),
            priceMinor: Price,
            discount: Type.Optional(
              Type.Number({ minimum: 0, maximum: 0.95, description: "Off the newest price, instead of `priceMinor`." }),
            ),
            unitCostMinor: Type.Optional(
              Type.Number({ minimum: 0, maximum: 1e12, description: "Landed cost of a unit; margins need it." }),
            ),
            elasticity: Type.Optional(
              Type.Number({ minimum: -50, maximum: 0, description: "Your own, instead of the learned one." }),
            ),
            usePooled: withDefault(Type.Boolean({ default: false })),
          },
          CLOSED,
        ),
        response: {
          200: Type.Object({ ...STAMP, ...ELASTICITY, now: OutcomeSchema, changed: OutcomeSchema }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => {
      const { id, asOf, pricer, stockPlanner } = releaseOf(request);
      const { product, market = "", horizonDays, unitCostMinor, elasticity, usePooled, discount } = request.body;
      const store = stockPlanner.findStore(request.body.store);
      const { expected } = stockPlanner.findProduct(store, product, market);
      const perWeek = expected.reduce((sum, units) => sum + units, 0) / Math.max(1, expected.length);
      const from = pricer.elasticity(store, product);
      const priceMinor = readPrice(request.body.priceMinor, discount, from.priceMinor);
      const scenario = { horizonDays, days: request.body.days ?? horizonDays, priceMinor, unitCostMinor, elasticity };
      const expectedUnits = (perWeek * horizonDays) / 7;
      return { release: id, asOf, ...from, ...simulatePrice(from, { ...scenario, expectedUnits, usePooled }) };
    },
  );
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
