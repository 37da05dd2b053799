import { Type } from "@fastify/type-provider-typebox";
import { withDefault } from "./with-default.ts";

export const identifier = (description: string) => Type.String({ minLength: 1, maxLength: 200, description });
const texts = (description: string, maxItems: number) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 400 }), { minItems: 1, maxItems, description }));
const share = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 1, description }));
const minor = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 1e12, description }));
const days = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 3650, description }));

export const ITEM_IDS = Type.Array(identifier("Id of an item."), { minItems: 1, maxItems: 200 });

/** What every list can be asked with, in a query and in a body. */
const SHARED_KNOBS = {
  store: Type.Optional(identifier("Store whose catalogue is recommended from. Missing: the store with most items.")),
  market: Type.Optional(
    Type.String({
      pattern: "^[A-Z]{2}$",
      description:
        "Country of the shopper, ISO 3166-1 alpha-2: what may not be sold or shipped there is left out. One that does not exist is as none, and `market` of the answer is null.",
      examples: ["GB"],
    }),
  ),
  n: withDefault(Type.Integer({ minimum: 1, maximum: 100, default: 10, description: "Items at most." })),
  categoriesAny: texts("Only items with one of these categories, or parts of a category divided by >, | or ;.", 50),
  categoriesAll: texts("Only items with all of them.", 50),
  priceFromMinor: minor("Least price in minor units; items without a price are left out."),
  priceToMinor: minor("Greatest price in minor units; items without a price are left out."),
  priceCurrency: Type.Optional(
    Type.String({ pattern: "^[A-Z]{3}$", description: "Only items priced in it.", examples: ["GBP"] }),
  ),
  excludeItems: texts("Items that are not wanted.", 500),
  diversity: share("0 ranks by score alone, 1 by difference from the items above (maximal marginal relevance)."),
  maxPerCategory: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: "Items of one category at most." }),
  ),
  marginWeight: share(
    "How much of the score is multiplied by the item's margin in the market, after landed cost where known; 1 ranks by expected margin.",
  ),
  deliveryWeight: share(
    "How much of the score is multiplied by 2^(-days / 7), days those of the delivery promised in the market.",
  ),
  promote: texts("Items for the promoted places, first come first.", 100),
  promotionShare: share("Share of the places that `promote` may take, spread evenly."),
  explain: Type.Optional(Type.Boolean({ description: "Adds what of the history contributed, with its share." })),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 4294967295,
      description: "Shuffles items of nearly the same score; the same seed gives the same list.",
    }),
  ),
};

const FACTOR = "Multiplies the score of an item or of a category, 0.01 to 100.";

export const QUERY_KNOBS = {
  ...SHARED_KNOBS,
  boost: Type.Optional(
    Type.Array(
      Type.String({
        pattern: "^(item|category):.{1,400}:(0\\.\\d{1,4}|[1-9]\\d{0,2}(\\.\\d{1,4})?)$",
        examples: ["item:85123A:1.5"],
      }),
      { maxItems: 50, description: `${FACTOR} Written item:ID:FACTOR or category:NAME:FACTOR.` },
    ),
  ),
};

const Factor = Type.Number({ minimum: 0.01, maximum: 100 });
const CLOSED = { additionalProperties: false } as const;
const BoostSchema = Type.Object(
  {
    itemId: Type.Optional(identifier("Id of an item.")),
    category: Type.Optional(Type.String({ minLength: 1, maxLength: 400 })),
    factor: Factor,
  },
  CLOSED,
);

export const BODY_KNOBS = {
  ...SHARED_KNOBS,
  boosts: Type.Optional(Type.Array(BoostSchema, { maxItems: 50, description: `${FACTOR} With itemId or category.` })),
};

const description =
  "Only this model, then what is popular: to compare models. One that the release does not hold is refused. Missing: the best that knows most.";
export const MODEL_KNOB = {
  model: Type.Optional(Type.Enum(["collaborative", "co-purchase", "popular"], { description })),
};

export const PURCHASE_KNOBS = {
  excludePurchased: Type.Optional(Type.Boolean({ description: "Leaves out what the customer bought." })),
  coolDownDays: days("What was bought so many days ago or longer may be shown again: goods bought repeatedly."),
};
