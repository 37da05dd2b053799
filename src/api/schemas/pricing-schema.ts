import { Type } from "@fastify/type-provider-typebox";
import type { PriceChoice } from "../../algorithms/pricing/optimize-price.ts";
import type { PriceOutcome, Ranged } from "../../models/pricing/simulate-price.ts";
import { nullableText } from "./stamp.ts";
import { withDefault } from "./with-default.ts";

const CLOSED = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 200 });
const Store = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: "Missing: the store with most series." }),
);
const SUBJECT = {
  store: Store,
  product: Id,
  market: Type.Optional(Type.String({ pattern: "^[A-Z]{2}$", description: "Whose demand; all if missing." })),
  horizonDays: withDefault(Type.Integer({ minimum: 1, maximum: 366, default: 28 })),
};
const WISH = {
  elasticity: Type.Optional(
    Type.Number({ minimum: -50, maximum: 0, description: "Your own, instead of the learned one." }),
  ),
  usePooled: withDefault(Type.Boolean({ default: false })),
};
const Price = Type.Optional(Type.Number({ minimum: 1, maximum: 1e12, description: "Minor units." }));

const nullableNumber = (description?: string) =>
  Type.Unsafe<number | null>({ type: ["number", "null"], ...(description === undefined ? {} : { description }) });

export const ELASTICITY = {
  store: Type.String(),
  product: Type.String(),
  elasticity: nullableNumber(
    "Percent by which demand changes when the price rises by one percent; null where nothing tells.",
  ),
  low: nullableNumber("Interval of 95 %, never above 0."),
  high: nullableNumber(),
  basis: Type.Enum(["own", "category", "market", "store", "none"], {
    description: "Whose price changes it was learned from.",
  }),
  drawnTo: Type.Unsafe<"category" | "market" | "store" | null>({
    enum: ["category", "market", "store", null],
    description: "The nearest group of products it is drawn to; that group in turn to the one around it.",
  }),
  link: Type.Unsafe<"poisson" | "tweedie" | "log-log" | null>({
    enum: ["poisson", "tweedie", "log-log", null],
    description: "How demand was taken to follow price: what forecast the store's held-out weeks best.",
  }),
  promotionLift: nullableNumber(
    "Share by which demand in weeks a tenth or more below the usual price is above what that price alone explains; null where held-out weeks do not tell the two apart.",
  ),
  promotionLow: nullableNumber("Interval of 95 %."),
  promotionHigh: nullableNumber(),
  market: nullableText(
    "Whose sales and prices; null for all markets together, also where the product sold too little in the one asked for.",
  ),
  refusal: nullableText(
    "Why the product's own history cannot tell; `rises-with-price`: it sold more at higher prices by more than chance, so price followed demand.",
  ),
  crossElasticity: nullableNumber(
    "Percent by which demand changes when the mean price of the others of its category rises by one percent; above 0 for substitutes.",
  ),
  crossLow: nullableNumber("Interval of 95 %."),
  crossHigh: nullableNumber(),
  crossRefusal: nullableText("Why the product's own history cannot tell that."),
  priceMinor: Type.Number({ description: "The newest price asked." }),
  lowestPriceMinor: nullableNumber("The lowest price of a week so far; below it demand is extrapolated."),
  highestPriceMinor: nullableNumber("The highest price of a week so far; above it demand is extrapolated."),
  currency: Type.String(),
};

export const ChoiceSchema = Type.Unsafe<PriceChoice>({
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

export const OutcomeSchema = Type.Object({
  priceMinor: Type.Number(),
  units: ranged(
    "Over the horizon; low and high are the interval of 95 % that holds what the forecast may err and what is not known of the elasticity.",
  ),
  revenueMinor: ranged("Minor units."),
  marginMinor: Type.Unsafe<PriceOutcome["marginMinor"]>({
    type: ["object", "null"],
    description: "After the unit cost given; null without one.",
    required: ["expected", "low", "high"],
    properties: { expected: { type: "number" }, low: { type: "number" }, high: { type: "number" } },
  }),
});

export const EquilibriumSchema = nullableNumber("Price at which demand meets the supply given; null without one.");

export const ElasticityQuery = Type.Object({ store: Store, product: Id, market: SUBJECT.market }, CLOSED);

export const OptimizeBody = Type.Object(
  {
    ...SUBJECT,
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
    suppliers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            unitCostMinor: Type.Number({ minimum: 0.001, maximum: 1e12, description: "Landed." }),
            unitsPerWeek: Type.Number({ minimum: 0.001, maximum: 1e9 }),
            leadTimeDays: Type.Number({ minimum: 0, maximum: 366 }),
          },
          CLOSED,
        ),
        {
          minItems: 1,
          maxItems: 100,
          description: "Who could bring how much, when and at what cost, instead of `supply`.",
        },
      ),
    ),
    ...WISH,
  },
  CLOSED,
);

export const WhatIfBody = Type.Object(
  {
    ...SUBJECT,
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
    ...WISH,
  },
  CLOSED,
);
