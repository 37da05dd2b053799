import { Type } from "@fastify/type-provider-typebox";
import type { Reason, RecommendedItem } from "../../models/recommendation/recommender.ts";
import { list } from "./list.ts";
import { STAMP } from "./stamp.ts";
import { withDefault } from "./with-default.ts";

const identifier = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });

export const ITEM_IDS = Type.Array(identifier("Id of an item."), { minItems: 1, maxItems: 200 });

/** What every recommendation can be asked with. */
export const RECOMMENDATION_INPUT = {
  store: Type.Optional(identifier("Store whose catalogue is recommended from. Missing: the store with most items.")),
  market: Type.Optional(
    Type.String({
      pattern: "^[A-Z]{2}$",
      description: "Country of the shopper, ISO 3166-1 alpha-2.",
      examples: ["GB"],
    }),
  ),
  n: withDefault(Type.Integer({ minimum: 1, maximum: 100, default: 10, description: "Items at most." })),
};

const ReasonSchema = Type.Unsafe<Reason>({
  type: "object",
  description: "Why it is in the list; `withItemId` and `support` or `market`, by `kind`.",
  required: ["kind"],
  properties: {
    kind: { enum: ["bought-together", "popular"] },
    withItemId: { type: "string", description: "The item of the basket or history that spoke loudest for it." },
    support: { type: "integer", description: "Recent baskets that held both." },
    market: { type: ["string", "null"], description: "Where it is popular; null for all markets of the store." },
  },
});

const ItemSchema = Type.Object({
  itemId: Type.String(),
  title: Type.String(),
  score: Type.Number({ description: "Comparable within this list only." }),
  reason: ReasonSchema,
});

export const RecommendationSchema = Type.Object({
  ...STAMP,
  store: Type.String(),
  strategy: Type.Enum(["customer", "basket", "item", "market-popular", "global-popular"], {
    description: "What the list was made from; a popular list stands in where nothing is known of the shopper.",
  }),
  items: list<RecommendedItem>(ItemSchema, "Best first."),
  ignored: list<string>(Type.String(), "Items of the request that the release does not know."),
});
