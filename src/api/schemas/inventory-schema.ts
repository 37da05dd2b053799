import { Type } from "@fastify/type-provider-typebox";
import type { TargetScope } from "../../algorithms/inventory/stock-terms.ts";
import type { EconomicFigures, PolicySimulation } from "../../models/inventory/assess-policy.ts";
import { DEFAULT_TERMS, type ReplenishmentTerms } from "../../models/inventory/stock-request.ts";
import { PAGING_QUERY } from "./paging.ts";
import { nullableText, STAMP } from "./stamp.ts";
import { withDefault } from "./with-default.ts";

const CLOSED = { additionalProperties: false } as const;

const PLACE_INPUT = {
  store: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "Missing: the store with most series." }),
  ),
  market: Type.Optional(
    Type.String({ pattern: "^[A-Z]{2}$", description: "ISO 3166-1 alpha-2. Missing: all markets.", examples: ["GB"] }),
  ),
};

/** Replenishment in days; the same names in query and body. */
const TERMS_INPUT = {
  leadTimeDays: withDefault(
    Type.Number({
      minimum: 0,
      maximum: 365,
      default: DEFAULT_TERMS.leadTimeDays,
      description: "Mean days from order to receipt.",
    }),
  ),
  leadTimeDeviationDays: withDefault(
    Type.Number({
      minimum: 0,
      maximum: 180,
      default: DEFAULT_TERMS.leadTimeDeviationDays,
      description: "Standard deviation of these days.",
    }),
  ),
  reviewDays: withDefault(
    Type.Number({
      minimum: 1,
      maximum: 180,
      default: DEFAULT_TERMS.reviewDays,
      description: "Days between two looks at the stock.",
    }),
  ),
  targetKind: withDefault(
    Type.Enum(["fill", "cycle"], {
      default: DEFAULT_TERMS.target.kind,
      description: "fill: share of units served from stock; cycle: share of review cycles without a stock-out.",
    }),
  ),
  target: withDefault(
    Type.Number({ minimum: 0.5, maximum: 0.999, default: DEFAULT_TERMS.target.share, description: "That share." }),
  ),
  targetScope: withDefault(
    Type.Enum(["product", "assortment"], {
      default: DEFAULT_TERMS.target.scope,
      description:
        "assortment: all products together with the least stock, steady ones far above and erratic ones below; " +
        "product: steady products near the target by themselves, all others together.",
    }),
  ),
  minimumOrder: withDefault(
    Type.Integer({ minimum: 0, maximum: 1_000_000, default: DEFAULT_TERMS.minimumOrder, description: "Units." }),
  ),
  packSize: withDefault(
    Type.Integer({ minimum: 1, maximum: 1_000_000, default: DEFAULT_TERMS.packSize, description: "Units." }),
  ),
};

interface TermsInput extends Omit<ReplenishmentTerms, "target"> {
  readonly targetKind: "fill" | "cycle";
  readonly targetScope: TargetScope;
  readonly target: number;
}

export function readTerms(input: TermsInput): ReplenishmentTerms {
  const { leadTimeDays, leadTimeDeviationDays, reviewDays, minimumOrder, packSize } = input;
  const target = { kind: input.targetKind, share: input.target, scope: input.targetScope };
  return { leadTimeDays, leadTimeDeviationDays, reviewDays, minimumOrder, packSize, target };
}

export const ReorderQuery = Type.Object(
  {
    ...PLACE_INPUT,
    ...TERMS_INPUT,
    sort: withDefault(
      Type.Enum(["urgency", "stockoutRisk", "expectedShortage", "expectedLostMinor", "coverDays"], {
        default: "urgency",
        description: "What comes first: alerts, or the greatest risk, shortage or loss, or the shortest cover.",
      }),
    ),
    onlyDue: Type.Optional(Type.Boolean({ description: "Only what is to be ordered now." })),
    ...PAGING_QUERY,
  },
  CLOSED,
);

const amount = (description?: string) => Type.Number(description === undefined ? {} : { description });
const nullableAmount = (description?: string) =>
  Type.Unsafe<number | null>({ type: ["number", "null"], ...(description === undefined ? {} : { description }) });

const LEVELS = {
  leadTimeDemand: amount("Expected units over the lead time."),
  safetyStock: amount("What the reorder point holds beyond expected demand over lead time and review."),
  reorderPoint: amount("At a review, order when stock and orders under way are at or below this."),
  orderUpTo: amount(),
};

export const ReorderSchema = Type.Object({
  productId: Type.String(),
  title: nullableText(),
  class: Type.String({ description: "ABC by expected value, XYZ by evenness of demand." }),
  alert: Type.Enum(["out-of-stock", "reorder", "overstock", "ok", "stock-unknown"]),
  onHand: nullableAmount("Units; null without a snapshot."),
  reserved: nullableAmount(),
  inbound: nullableAmount(),
  stockOn: nullableText("Day of the newest snapshot."),
  position: nullableAmount("On hand less reserved plus inbound."),
  expectedPerWeek: amount(),
  ...LEVELS,
  orderQuantity: nullableAmount("Units to order now; null without a snapshot."),
  coverDays: nullableAmount("Days that the stock on hand lasts."),
  stockoutRisk: nullableAmount("Probability of running out before an order of today arrives; null without a snapshot."),
  expectedShortage: nullableAmount("Units expected to be missed until then."),
  expectedLostMinor: nullableAmount("What these would sell for, in minor units."),
  currency: nullableText("Of the price."),
  method: Type.String({ description: "How demand was forecast." }),
});

export const AlertsQuery = Type.Object(
  {
    ...PLACE_INPUT,
    ...TERMS_INPUT,
    minRisk: withDefault(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0.2,
        description: "Risk of running out from which on it is told.",
      }),
    ),
    minCoverDays: withDefault(
      Type.Number({
        minimum: 0,
        maximum: 3650,
        default: 120,
        description: "Days of cover from which on stock is too much.",
      }),
    ),
    ...PAGING_QUERY,
  },
  CLOSED,
);

export const AlertSchema = Type.Object({
  kind: Type.Enum(["out-of-stock", "stock-out-risk", "overstock"]),
  productId: Type.String(),
  title: nullableText(),
  stockoutRisk: nullableAmount("Probability of running out before an order of today arrives."),
  expectedShortage: nullableAmount("Units expected to be missed until then."),
  expectedLostMinor: nullableAmount("What these would sell for, in minor units."),
  currency: nullableText("Of the price."),
  orderQuantity: nullableAmount("Units to order now."),
  excessUnits: amount("Units beyond the order-up-to level."),
  coverDays: nullableAmount("Days that the stock on hand lasts."),
});

const Cost = Type.Number({ minimum: 0.000001, maximum: 1e9 });

export const PolicyBody = Type.Object(
  {
    ...PLACE_INPUT,
    product: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    demand: Type.Optional(
      Type.Array(Type.Number({ minimum: 0, maximum: 1e9 }), {
        minItems: 1,
        maxItems: 4000,
        description: "Units a step, oldest first, instead of a product.",
      }),
    ),
    stepDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 31, description: "Days a step of `demand`; 7 if missing." }),
    ),
    ...TERMS_INPUT,
    ordering: withDefault(
      Type.Enum(["up-to", "lots"], {
        default: "up-to",
        description:
          "up-to: orders fill up to a level, (R, s, S); lots: orders are of a fixed size, economic where costs are given, else what " +
          "is expected between two reviews, (r, Q).",
      }),
    ),
    costs: Type.Optional(
      Type.Object(
        { orderCost: Cost, holdingCost: Cost, shortageCost: Cost },
        { ...CLOSED, description: "An order; a unit and day; a unit missed." },
      ),
    ),
  },
  CLOSED,
);

const Figures = Type.Object({
  demand: amount(),
  served: amount("Units served from stock when asked for."),
  fillRate: amount(),
  stepService: amount("Share of steps with demand that were served in full."),
  meanStock: amount("Units on hand at the end of a step."),
  orders: amount(),
});
const Order = Type.Object({ quantity: amount(), cost: amount(), criticalRatio: amount() });

export const PolicyAnswerSchema = Type.Object({
  ...STAMP,
  levels: Type.Object({
    ...LEVELS,
    lotSize: nullableAmount("Units of an order; null where orders fill up to a level."),
  }),
  calibratedOn: Type.Enum(["assortment", "series", "none"]),
  simulation: Type.Unsafe<PolicySimulation | null>({
    type: ["object", "null"],
    description: "The newest half of the history replayed; null where it is too short.",
    required: ["steps", "stepDays", "policy", "textbook"],
    properties: { steps: { type: "number" }, stepDays: { type: "number" }, policy: Figures, textbook: Figures },
  }),
  economics: Type.Unsafe<EconomicFigures | null>({
    type: ["object", "null"],
    description: "What the costs say; null without costs.",
    required: ["orderQuantity", "newsvendor", "newsvendorNormal", "lots"],
    properties: {
      orderQuantity: Type.Object({ quantity: amount(), cost: amount("A day.") }),
      newsvendor: Order,
      newsvendorNormal: Order,
      lots: Type.Object({ orders: Type.Array(Type.Number()), cost: amount() }),
    },
  }),
});

export const AllocationBody = Type.Object(
  {
    store: PLACE_INPUT.store,
    product: Type.String({ minLength: 1, maxLength: 200 }),
    units: Type.Integer({ minimum: 0, maximum: 100_000 }),
    coverDays: withDefault(Type.Number({ minimum: 1, maximum: 180, default: 28 })),
    markets: Type.Array(
      Type.Object(
        {
          market: Type.String({ pattern: "^[A-Z]{2}$" }),
          margin: Type.Number({
            minimum: 0,
            maximum: 1e9,
            description: "A unit, after landed cost; one currency for all.",
          }),
          minimum: Type.Optional(
            Type.Integer({ minimum: 0, maximum: 100_000, description: "Units promised already." }),
          ),
        },
        CLOSED,
      ),
      { minItems: 1, maxItems: 100 },
    ),
  },
  CLOSED,
);

export const MarketShareSchema = Type.Object({
  market: Type.String(),
  units: amount(),
  expectedDemand: amount("Over the days to cover."),
});
