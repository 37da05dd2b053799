import type { EChartsCoreOption } from "echarts/core";

import type { ChartLook } from "./chart-look.ts";
import { buildTooltip, TOOLTIP_BOX, type TooltipContent } from "./tooltip.ts";

export interface TrendPoint {
  readonly value: number | null;
  /** In the compared window; missing where nothing is compared. */
  readonly before?: number | null;
  readonly axisLabel: string;
  readonly isPartial: boolean;
  readonly tooltip: TooltipContent;
}

export interface TrendChart {
  readonly points: readonly TrendPoint[];
  /** Sums start at zero; shares and ratios may start where they live. */
  readonly startsAtZero: boolean;
  readonly formatAxis: (value: number) => string;
}

/** A line for the window, dashed where a period is incomplete, over a thin one for the time before. */
export function buildTrendOption(chart: TrendChart, look: ChartLook): EChartsCoreOption {
  const { points } = chart;
  const hasBefore = points.some((point) => typeof point.before === "number");
  const symbols = points.length <= 31;
  const line = {
    type: "line",
    smooth: 0.15,
    smoothMonotone: "x",
    connectNulls: false,
    emphasis: { disabled: true },
    symbol: "circle",
    symbolSize: 5,
    showSymbol: symbols,
  };
  return {
    animation: false,
    textStyle: { fontFamily: look.fontFamily, fontSize: 12 },
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: false, outerBoundsMode: "same" },
    tooltip: {
      ...TOOLTIP_BOX,
      trigger: "axis",
      axisPointer: {
        type: "line",
        snap: true,
        animation: false,
        lineStyle: { color: look.textSoft, width: 1, type: "solid" },
      },
      formatter: (params: unknown) => tooltipOf(points, params),
    },
    xAxis: {
      type: "category",
      data: points.map((point) => point.axisLabel),
      boundaryGap: points.length === 1,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.grid } },
      axisLabel: { color: look.textSoft, hideOverlap: true, margin: 10, alignMaxLabel: "right" },
    },
    yAxis: {
      type: "value",
      scale: !chart.startsAtZero,
      splitNumber: 4,
      axisLabel: { color: look.textSoft, formatter: chart.formatAxis },
      splitLine: { lineStyle: { color: look.grid } },
    },
    series: [
      ...(hasBefore
        ? [
            {
              ...line,
              id: "before",
              data: points.map((point) => point.before ?? null),
              showSymbol: false,
              lineStyle: { color: look.previous, width: 1.25 },
              itemStyle: { color: look.previous },
            },
          ]
        : []),
      {
        ...line,
        id: "now",
        data: points.map((point) => (point.isPartial ? null : point.value)),
        lineStyle: { color: look.series, width: 2.25 },
        itemStyle: { color: look.series },
        areaStyle: { color: look.seriesSoft },
      },
      {
        ...line,
        id: "partial",
        data: points.map((point, index) => (touchesPartial(points, index) ? point.value : null)),
        lineStyle: { color: look.series, width: 2.25, type: [4, 4] },
        itemStyle: { color: look.surface, borderColor: look.series, borderWidth: 2 },
      },
    ],
  };
}

/** The dashed part starts and ends on the solid one, so that the line does not break. */
function touchesPartial(points: readonly TrendPoint[], index: number): boolean {
  return [index - 1, index, index + 1].some((near) => points[near]?.isPartial === true);
}

function tooltipOf(points: readonly TrendPoint[], params: unknown): HTMLElement | string {
  // With an axis trigger ECharts hands over one entry per series at the same place.
  const [first] = params as readonly { readonly dataIndex: number }[];
  const point = first === undefined ? undefined : points[first.dataIndex];
  return point === undefined ? "" : buildTooltip(point.tooltip);
}
