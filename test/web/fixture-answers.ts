import type {
  MetricCell,
  MetricColumn,
  MetricDescription,
  MetricQuery,
  MetricResult,
} from "../../dashboards/web/src/api-types.ts";

export const FIXTURE_WINDOW = { from: "2009-12-01", to: "2011-12-09" } as const;
export const FIXTURE_RELEASE = { release: "20260101T020000-abc123", asOf: FIXTURE_WINDOW.to } as const;

/** Share of a market in every sum; Jersey and Singapore are too small for the map, ZZ is no country. */
export const FIXTURE_MARKETS = [
  { id: "GB", isoNumeric: "826", share: 8_420 },
  { id: "IE", isoNumeric: "372", share: 310 },
  { id: "NL", isoNumeric: "528", share: 284 },
  { id: "DE", isoNumeric: "276", share: 221 },
  { id: "FR", isoNumeric: "250", share: 197 },
  { id: "AU", isoNumeric: "036", share: 137 },
  { id: "ES", isoNumeric: "724", share: 55 },
  { id: "CH", isoNumeric: "756", share: 56 },
  { id: "JP", isoNumeric: "392", share: 35 },
  { id: "SE", isoNumeric: "752", share: 37 },
  { id: "US", isoNumeric: "840", share: 27 },
  { id: "BR", isoNumeric: "076", share: 11 },
  { id: "ZA", isoNumeric: "710", share: 9 },
  { id: "CA", isoNumeric: "124", share: 12 },
  { id: "SG", isoNumeric: "702", share: 21 },
  { id: "JE", isoNumeric: "832", share: 20 },
  { id: "ZZ", isoNumeric: null, share: 5 },
] as const;

const VALUES_OF: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = {
  market: FIXTURE_MARKETS.map((market) => [market.id]),
  store: [["online-retail"]],
  mode: [["air"], ["truck"], ["air_charter"], ["ocean"]],
  visitor_kind: [["returning"], ["new"], ["other"]],
  month_of_year: Array.from({ length: 12 }, (_unused, index) => [index + 1] as const),
  product: [
    ["22423", "REGENCY CAKESTAND 3 TIER"],
    ["85123A", "WHITE HANGING HEART T-LIGHT HOLDER"],
    ["47566", "PARTY BUNTING"],
    ["84879", "ASSORTED COLOUR BIRD ORNAMENT"],
    ["22086", "PAPER CHAIN KIT 50'S CHRISTMAS"],
    ["23084", "RABBIT NIGHT LIGHT"],
  ],
};

const DAY_MS = 86_400_000;

/** Made-up numbers with a plausible course: a yearly rise, a weekly rhythm, closed Saturdays. */
export function answerQuery(query: MetricQuery, metrics: readonly MetricDescription[]): MetricResult {
  const from = query.from ?? FIXTURE_WINDOW.from;
  const to = query.to ?? FIXTURE_WINDOW.to;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const dimension = query.dimensions?.[0];
  const isTime = dimension === "day" || dimension === "week" || dimension === "month";
  const grain = isTime ? dimension : "day";
  const asked = query.metrics.flatMap((name) => metrics.find((metric) => metric.name === name) ?? []);
  const compares = query.compare !== undefined && query.compare !== "none";
  const columns: MetricColumn[] = [
    ...(dimension === undefined ? [] : [dimensionColumn(dimension, isTime ? grain : undefined)]),
    ...(dimension === "product" ? [{ name: `${dimension}__label`, kind: "label", unit: "text" } as const] : []),
    ...asked.map((metric) => metricColumn(metric, query.currency, "metric")),
    ...(compares ? asked.map((metric) => metricColumn(metric, query.currency, "comparison")) : []),
  ];
  const keys: readonly (readonly MetricCell[])[] =
    dimension === undefined
      ? [[]]
      : isTime
        ? listPeriods(from, to, grain).map((day) => [day])
        : (VALUES_OF[dimension] ?? []);
  const rows = keys.map((key, index) => {
    const weight = weigh(dimension, key[0] ?? null, index, days, grain);
    const values = asked.map((metric) => valueOf(metric, weight));
    const before = compares ? asked.map((metric) => valueOf(metric, weight * (0.9 - 0.02 * (index % 5)))) : [];
    return [...key, ...values, ...before];
  });
  const lastPeriod = rows.at(-1)?.[0];
  return {
    columns,
    rows: rows.slice(0, query.limit ?? 1_000),
    from,
    to,
    ...(compares ? { comparedFrom: shift(from, -days), comparedTo: shift(from, -1) } : {}),
    partialPeriods: isTime && grain !== "day" && typeof lastPeriod === "string" ? [lastPeriod] : [],
    ...FIXTURE_RELEASE,
    notes: [],
  };
}

function dimensionColumn(name: string, grain: "day" | "week" | "month" | undefined): MetricColumn {
  return { name, kind: "dimension", unit: grain ?? (name === "month_of_year" ? "number" : "text") };
}

function metricColumn(
  metric: MetricDescription,
  currency: string | undefined,
  kind: "metric" | "comparison",
): MetricColumn {
  return {
    name: kind === "metric" ? metric.name : `${metric.name}__previous`,
    kind,
    unit: metric.unit,
    ...(metric.unit === "money" ? { currency: currency ?? "GBP" } : {}),
  };
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function listPeriods(from: string, to: string, grain: "day" | "week" | "month"): string[] {
  const periods: string[] = [];
  let day = grain === "month" ? `${from.slice(0, 7)}-01` : from;
  while (day <= to) {
    periods.push(day);
    day = grain === "month" ? `${shift(day, 31).slice(0, 7)}-01` : shift(day, grain === "week" ? 7 : 1);
  }
  return periods;
}

/** Size of a row against one day of the whole shop. */
function weigh(dimension: string | undefined, key: MetricCell, index: number, days: number, grain: string): number {
  if (dimension === undefined) return days;
  if (dimension === "market") return (days * (FIXTURE_MARKETS[index]?.share ?? 0)) / 10_000;
  if (typeof key !== "string" || !/^\d{4}-/.test(key)) return days / (3 + index * 2);
  const time = Date.parse(key) / DAY_MS;
  const season = 1 + 0.35 * Math.sin(((time % 365) / 365) * 2 * Math.PI - 2.2);
  const length = grain === "month" ? 30 : grain === "week" ? 7 : 1;
  const isSaturday = grain === "day" && new Date(key).getUTCDay() === 6;
  return isSaturday ? 0 : length * season * (1 + 0.18 * Math.sin(index * 1.7) + 0.1 * Math.cos(index * 4.1));
}

/** Null for whatever a row without a single order cannot know. */
function valueOf(metric: MetricDescription, weight: number): number | null {
  switch (metric.unit) {
    case "money":
      return metric.name === "average_order_value" || metric.name === "freight_cost_per_kg"
        ? weight === 0
          ? null
          : Math.round(46_210 + 900 * Math.sin(weight))
        : Math.round(weight * 2_690_000);
    case "percent":
      return weight === 0 ? null : 0.62 + 0.3 * Math.sin(weight / 3);
    case "ratio":
      return weight === 0 ? null : 3.2 + Math.sin(weight);
    default:
      return Math.round(weight * (metric.name === "orders" ? 57 : 41));
  }
}
