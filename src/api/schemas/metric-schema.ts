import { Type } from "@fastify/type-provider-typebox";
import type { FilterValues } from "../../warehouse/metrics/list-filter-values.ts";
import type { Dimension } from "../../warehouse/metrics/mart-tables.ts";
import type { MetricColumn, MetricCell } from "../../warehouse/metrics/metric-result.ts";
import type { Metric } from "../../warehouse/metrics/metric.ts";
import { list } from "./list.ts";
import { nullableText, STAMP } from "./stamp.ts";

const Name = Type.String({ pattern: "^[a-z][a-z0-9_]{0,63}$" });
const Day = Type.String({ format: "date" });
const FilterValues = {
  type: "array",
  minItems: 1,
  maxItems: 500,
  items: { type: ["string", "integer"], maxLength: 200 },
};

export const MetricQuerySchema = Type.Object(
  {
    metrics: Type.Array(Name, { minItems: 1, maxItems: 20 }),
    dimensions: Type.Optional(Type.Array(Name, { maxItems: 4 })),
    from: Type.Optional({ ...Day, description: "First day. Missing: as far back as the data goes." }),
    to: Type.Optional({ ...Day, description: "Last day, included. Missing: the last day of the data." }),
    filters: Type.Optional(
      Type.Unsafe<Readonly<Record<string, readonly (string | number)[]>>>({
        type: "object",
        description: "Dimension → accepted values.",
        maxProperties: 10,
        additionalProperties: FilterValues,
      }),
    ),
    currency: Type.Optional(Type.String({ pattern: "^[A-Z]{3}$", description: "ISO 4217 code of money values." })),
    compare: Type.Optional(Type.Enum(["none", "previous-period", "previous-year"])),
    orderBy: Type.Optional(
      Type.Object(
        { by: Type.String({ maxLength: 100 }), direction: Type.Enum(["asc", "desc"]) },
        { additionalProperties: false },
      ),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, description: "Rows at most; 1,000 when missing." })),
    language: Type.Optional(Type.Enum(["en", "zh"], { description: "Language of the notes." })),
  },
  {
    additionalProperties: false,
    examples: [
      { metrics: ["gross_sales", "orders"], dimensions: ["market"], orderBy: { by: "gross_sales", direction: "desc" } },
      { metrics: ["net_sales"], dimensions: ["time"], compare: "previous-year" },
    ],
  },
);

const ColumnSchema = Type.Object({
  name: Type.String(),
  kind: Type.Enum(["dimension", "label", "metric", "comparison"]),
  unit: Type.String({ description: "money is whole minor units; percent a fraction." }),
  currency: Type.Optional(Type.String()),
});

export const MetricResultSchema = Type.Object({
  columns: list<MetricColumn>(ColumnSchema),
  rows: list<readonly MetricCell[]>(
    { type: "array", items: { type: ["string", "number", "null"] } },
    "One cell a column; null is not known, never zero.",
  ),
  from: nullableText(),
  to: nullableText(),
  comparedFrom: Type.Optional(Type.String()),
  comparedTo: Type.Optional(Type.String()),
  partialPeriods: list<string>(Type.String(), "Periods that the window or the data covers only in part."),
  notes: list<string>(Type.String(), "What a reader of the numbers must know."),
  ...STAMP,
});

export const LocalizedText = Type.Object({ en: Type.String(), zh: Type.String() });

const window = Type.Object({ from: Type.String(), to: Type.String() });

const MetricSchema = Type.Object({
  name: Type.String(),
  label: LocalizedText,
  definition: LocalizedText,
  unit: Type.String(),
  direction: Type.Enum(["up", "down", "neutral"], { description: "Which way is good." }),
  additivity: Type.Enum(["sum", "semi", "non"], { description: "Whether parts add up." }),
  owner: Type.String(),
  domain: Type.String(),
  freshness: Type.String(),
  grain: list<string>(Type.String(), "Dimensions it can be cut and filtered by."),
  sql: Type.String({ description: "How it is computed." }),
});

const StoreSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  currency: Type.String(),
  domains: list<string>(Type.String()),
});

const MarketSchema = Type.Object({ id: Type.String(), name: Type.String(), isoNumeric: nullableText() });

/** The catalogue: what can be asked for, and what it can be cut and filtered by. */
export const CatalogueSchema = Type.Object({
  metrics: list<Metric>(MetricSchema),
  dimensions: list<Dimension>(Type.Object({ name: Type.String(), label: LocalizedText, kind: Type.String() })),
  stores: list<FilterValues["stores"][number]>(StoreSchema),
  markets: list<FilterValues["markets"][number]>(MarketSchema),
  currencies: list<string>(Type.String()),
  values: Type.Unsafe<FilterValues["values"]>({
    type: "object",
    description: "Values of the small dimensions.",
    additionalProperties: { type: "array", items: { type: ["string", "number"] } },
  }),
  window: Type.Unsafe<FilterValues["window"]>({
    ...window,
    type: ["object", "null"],
    description: "Days of the data.",
  }),
  windows: Type.Unsafe<FilterValues["windows"]>({
    type: "object",
    description: "Days of each domain that has dated rows.",
    additionalProperties: window,
  }),
  ...STAMP,
});
