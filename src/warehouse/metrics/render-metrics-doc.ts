import type { Metric, MetricCatalogue } from "./metric.ts";

const UNITS: Readonly<Record<Metric["unit"], string>> = {
  money: "money, in minor units of a currency",
  count: "count",
  percent: "percent; a fraction on the wire, 0.25 is 25 %",
  ratio: "ratio",
  days: "days",
  kg: "kilograms",
};
const ADDITIVITY: Readonly<Record<Metric["additivity"], string>> = {
  sum: "parts add up over every dimension",
  semi: "parts add up over some dimensions only",
  non: "parts do not add up; ask at the grain you need",
};
const DIRECTION: Readonly<Record<Metric["direction"], string>> = {
  up: "more is better",
  down: "less is better",
  neutral: "neither way is better",
};

/** The catalogue as `docs/metrics.md`: what each number means and how it is computed. */
export function renderMetricsDoc(catalogue: MetricCatalogue): string {
  const metrics = [...catalogue.metrics.values()];
  const domains = [...new Set(metrics.map((metric) => metric.domain))].sort();
  const parts = [
    "# Metrics",
    "",
    "Generated from `dashboards/metrics/*.yaml` by `npx tsx scripts/generate-metrics-doc.ts`; edit those files, not this one.",
    "",
    "Ratios are the sum of the numerator over the sum of the denominator at the grain that is asked for, never averages",
    "of ratios. Money is converted row by row at the reference rate of its day. A value that is not known is empty, not",
    "zero. The compared window is as long as the window itself and ends right before it (previous period), or holds the",
    "same calendar days a year earlier (previous year).",
  ];
  for (const domain of domains) {
    const members = metrics.filter((metric) => metric.domain === domain);
    parts.push("", `## ${domain[0]?.toUpperCase() ?? ""}${domain.slice(1)}`);
    for (const metric of members) parts.push("", ...renderMetric(metric));
  }
  return `${parts.join("\n")}\n`;
}

function renderMetric(metric: Metric): string[] {
  return [
    `### ${metric.label.en} · ${metric.label.zh}`,
    "",
    metric.definition.en,
    "",
    metric.definition.zh,
    "",
    `- name: \`${metric.name}\` (${metric.type})`,
    `- computed as: \`${metric.sql}\`${metric.type === "simple" ? ` over \`${metric.table}\`` : ""}`,
    ...(metric.type !== "derived" && metric.filter !== undefined ? [`- counted where: \`${metric.filter}\``] : []),
    `- unit: ${UNITS[metric.unit]}`,
    `- can be cut by: ${metric.grain.join(", ")}`,
    `- additivity: ${ADDITIVITY[metric.additivity]}`,
    `- direction: ${DIRECTION[metric.direction]}`,
    `- owner: ${metric.owner}; rebuilt ${metric.freshness}`,
  ];
}
