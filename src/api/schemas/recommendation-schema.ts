import { Type } from "@fastify/type-provider-typebox";
import type {
  Contribution,
  Reason,
  RecommendedItem,
  RemovedItem,
  Rule,
  Source,
} from "../../models/recommendation/recommender.ts";
import { list } from "./list.ts";
import { nullableText, STAMP } from "./stamp.ts";

const SOURCES = [
  "session",
  "customer",
  "basket",
  "item",
  "buy-again",
  "recently-viewed",
  "market-popular",
  "global-popular",
  "trending",
  "catalogue",
  "promotion",
  "as-given",
] as const satisfies readonly Source[];

const ReasonSchema = Type.Unsafe<Reason>({
  type: "object",
  description: "Why it is in the list; the other properties go by `kind`.",
  required: ["kind"],
  properties: {
    kind: {
      enum: [
        "bought-together",
        "viewed-next",
        "bought-before",
        "viewed-before",
        "promoted",
        "popular",
        "trending",
        "in-catalogue",
      ],
    },
    withItemId: { type: "string", description: "The item of the basket or history that spoke loudest for it." },
    support: { type: "integer", description: "Recent baskets that held both, or customers who had both." },
    orders: { type: "integer", description: "Orders of the customer that held it." },
    on: { type: "string", description: "Day of the latest of them." },
    market: { type: ["string", "null"], description: "Where it is popular; null for all markets of the store." },
  },
});

const ItemSchema = Type.Object({
  itemId: Type.String(),
  title: Type.String(),
  category: nullableText(),
  priceMinor: Type.Unsafe<number | null>({ type: ["integer", "null"], description: "In the market, minor units." }),
  currency: nullableText(),
  score: Type.Number({ description: "Comparable within this list among items of one source." }),
  source: Type.Enum([...SOURCES], { description: "What its place was filled from." }),
  reason: ReasonSchema,
  rule: Type.Optional(
    Type.Unsafe<Rule>({
      type: "object",
      description: "With `explain`, of a basket: two items of it that, bought together, go with this one.",
      required: ["itemIds", "support", "confidence", "lift"],
      properties: {
        itemIds: { type: "array", items: { type: "string" } },
        support: { type: "integer", description: "Baskets of the last 180 days with all three." },
        confidence: { type: "number", description: "Share of the baskets with the two that hold it." },
        lift: { type: "number", description: "Confidence over the share of all baskets that hold it." },
      },
    }),
  ),
  propensity: Type.Optional(
    Type.Number({ description: "Where the experiment's variant explores: with which probability it is in the list." }),
  ),
  contributions: Type.Optional(
    list<Contribution>(
      Type.Object({ itemId: Type.String(), share: Type.Number() }),
      "With `explain`: items of the history that spoke for it, and their share of the score; five at most.",
    ),
  ),
});

export const RecommendationSchema = Type.Object({
  ...STAMP,
  store: Type.String(),
  market: nullableText("Market whose filters applied; null where none is known."),
  strategy: Type.Enum(["session", "customer", "basket", "item", "market-popular", "global-popular"], {
    description: "What the list was made from; a popular list stands in where nothing is known of the shopper.",
  }),
  level: Type.Enum([...SOURCES, "none"], {
    description: "The step of the fallback chain that answered: the most personal source in the list.",
  }),
  experiment: Type.Optional(
    Type.String({ description: "Experiment that the customer is in; see GET /v1/experiments." }),
  ),
  variant: Type.Optional(Type.String({ description: "The variant of it that made the list." })),
  exposureId: Type.Optional(
    Type.String({ description: "Under which the list is kept for the experiment's read-out." }),
  ),
  items: list<RecommendedItem>(ItemSchema, "Best first."),
  ignored: list<string>(Type.String(), "Items of the request that the release does not know."),
});

export const RankingSchema = Type.Object({
  ...RecommendationSchema.properties,
  removed: list<RemovedItem>(
    Type.Object({
      itemId: Type.String(),
      reason: Type.Enum(["out-of-stock", "not-sellable", "not-shippable", "hidden", "not-available", "excluded"]),
    }),
    "Items of the list that failed a filter.",
  ),
});
