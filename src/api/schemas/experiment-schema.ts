import { Type } from "@fastify/type-provider-typebox";
import type { ExperimentReadOut } from "../../models/experiments/read-experiment.ts";

const number = (description?: string) => Type.Number(description === undefined ? {} : { description });

const difference = (description: string) => ({
  type: ["object", "null"],
  description: `${description} With its interval of 95 %; null where a side has too few visitors.`,
  required: ["difference", "low", "high"],
  properties: { difference: { type: "number" }, low: { type: "number" }, high: { type: "number" } },
});

const FiguresSchema = {
  type: "object",
  required: [
    "variant",
    "visitors",
    "lists",
    "impressions",
    "clicks",
    "buyers",
    "orders",
    "revenuePerVisitor",
    "marginPerVisitor",
    "costedShare",
    "offPolicyRevenue",
  ],
  properties: {
    variant: Type.String(),
    visitors: number(),
    lists: number(),
    impressions: number("Items shown."),
    clicks: number("Shown items that were looked at within a day."),
    buyers: number("Visitors who ordered within 28 days of their first list."),
    orders: number(),
    revenuePerVisitor: number("Minor units: goods less cancellations and refunds."),
    marginPerVisitor: {
      type: ["number", "null"],
      description: "Minor units, over the goods whose cost is known; null where none is.",
    },
    costedShare: {
      type: ["number", "null"],
      description: "Share of the sales whose cost is known; null without sales.",
    },
    offPolicyRevenue: {
      type: ["object", "null"],
      description: "Revenue a visitor were all given this variant (SNIPS); null without visitors.",
      required: ["value", "low", "high", "effectiveUnits"],
      properties: { value: number(), low: number(), high: number(), effectiveUnits: number() },
    },
  },
};

const policyValue = (description: string) => ({
  type: ["object", "null"],
  description: `${description} By SNIPS over items, with its interval of 95 %; null where none of its items was shown.`,
  required: ["value", "low", "high", "effectiveUnits"],
  properties: { value: number(), low: number(), high: number(), effectiveUnits: number() },
});

const CandidateSchema = {
  type: "object",
  required: ["candidate", "lists", "itemsPerList", "coverage", "clicksPerList", "revenuePerList", "shown"],
  properties: {
    candidate: Type.String(),
    lists: number("Lists of exploring variants that it rests on."),
    itemsPerList: number("Of the candidate's lists."),
    coverage: number("Share of its places that those lists could have shown; the rest is taken to earn as much."),
    clicksPerList: policyValue("Items looked at within a day."),
    revenuePerList: policyValue("Bought of the list's items within 7 days, minor units."),
    shown: Type.Object(
      { clicksPerList: number(), revenuePerList: number() },
      { description: "What followed the lists that were shown." },
    ),
  },
};

export const ReadOutSchema = Type.Unsafe<ExperimentReadOut>({
  type: "object",
  required: [
    "currency",
    "variants",
    "against",
    "differences",
    "candidates",
    "varianceExplained",
    "sampleRatio",
    "leftOut",
  ],
  properties: {
    currency: { type: ["string", "null"] },
    variants: { type: "array", items: FiguresSchema },
    against: Type.String({ description: "The variant that the others are compared with: the first." }),
    differences: {
      type: "array",
      items: {
        type: "object",
        required: ["variant", "buyers", "revenue", "margin", "buyersAdjusted", "revenueAdjusted", "marginAdjusted"],
        properties: {
          variant: Type.String(),
          buyers: difference("Share of visitors who bought."),
          revenue: difference("Revenue a visitor, minor units (Welch)."),
          margin: difference("Margin a visitor, minor units (Welch)."),
          buyersAdjusted: difference("Share of buyers, less what the four weeks before foretold (CUPED)."),
          revenueAdjusted: difference("Revenue, less what the four weeks before foretold (CUPED)."),
          marginAdjusted: difference("Margin, less what the four weeks before foretold (CUPED)."),
        },
      },
    },
    candidates: {
      type: "array",
      description: "What a list of each candidate would have earned, from what exploring variants have shown.",
      items: CandidateSchema,
    },
    varianceExplained: Type.Object(
      { revenue: number(), margin: number(), buyers: number() },
      { description: "Share of the variance that the four weeks before explain." },
    ),
    sampleRatio: Type.Object({
      chiSquare: number(),
      pValue: number(),
      warning: Type.Unsafe<string | null>({ type: ["string", "null"] }),
    }),
    leftOut: number("Visitors who were shown several variants, or one that the experiment does not state."),
  },
});
