import { Type } from "@fastify/type-provider-typebox";
import type { Dashboard } from "../../warehouse/metrics/dashboard.ts";
import type { Freshness } from "../../warehouse/metrics/read-freshness.ts";
import { list } from "./list.ts";
import { LocalizedText } from "./metric-schema.ts";
import { nullableText, STAMP_OR_NULL } from "./stamp.ts";

const texts = list<string>(Type.String());

const FilterSchema = Type.Object({
  kind: Type.Enum(["date-range", "compare", "dimension", "currency"]),
  default: Type.Optional(Type.String()),
  dimension: Type.Optional(Type.String()),
});

const CardSchema = Type.Object({
  id: Type.String(),
  kind: Type.Enum(["kpi", "trend", "map", "bar", "table"]),
  title: LocalizedText,
  metrics: texts,
  dimension: Type.Optional(Type.String()),
  sort: Type.Optional(Type.Object({ by: Type.String(), direction: Type.Enum(["asc", "desc"]) })),
  limit: Type.Optional(Type.Integer()),
  width: Type.Integer({ description: "Columns of a grid of twelve." }),
});

const FreshnessSchema = Type.Object({
  domain: Type.String(),
  table: Type.String(),
  rows: Type.Integer(),
  firstOn: nullableText(),
  lastOn: nullableText(),
});

export const DashboardSummarySchema = Type.Object({
  id: Type.String(),
  title: LocalizedText,
  description: LocalizedText,
  domain: texts,
});

/** A page as its YAML file states it. */
export const DashboardSchema = Type.Object({
  ...STAMP_OR_NULL,
  ...DashboardSummarySchema.properties,
  filters: Type.Unsafe<Dashboard["filters"]>({ type: "array", items: FilterSchema }),
  cards: Type.Unsafe<Dashboard["cards"]>({ type: "array", items: CardSchema }),
  noData: Type.Optional(Type.Object({ message: LocalizedText, datasets: texts })),
  freshness: list<Freshness>(
    FreshnessSchema,
    "How much of its domains is loaded; a page says so where there are no rows.",
  ),
});
