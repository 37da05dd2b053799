import type { EChartsCoreOption } from "echarts/core";

import type { ChartLook } from "./chart-look.ts";
import { buildTooltip, TOOLTIP_BOX, type TooltipContent } from "./tooltip.ts";

/** Room behind the longest bar for its value, px: at least, and a character of it. */
const [LEAST_ROOM, CHARACTER] = [64, 7.5];

export interface Bar {
  readonly name: string;
  readonly value: number | null;
  /** Stands at the end of the bar. */
  readonly valueLabel: string;
  readonly tooltip: TooltipContent;
}

/** Horizontal bars from zero, each with its name before and its value behind it: no axis is needed to read them. */
export function buildBarOption(bars: readonly Bar[], look: ChartLook): EChartsCoreOption {
  const longest = Math.max(...bars.map(({ valueLabel }) => valueLabel.length));
  return {
    animation: false,
    textStyle: { fontFamily: look.fontFamily, fontSize: 12 },
    grid: {
      left: 4,
      right: Math.max(LEAST_ROOM, 12 + CHARACTER * longest),
      top: 4,
      bottom: 4,
      outerBoundsMode: "same",
    },
    tooltip: {
      ...TOOLTIP_BOX,
      trigger: "item",
      formatter: (params: unknown) => tooltipOf(bars, params),
    },
    xAxis: { type: "value", axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: "category",
      inverse: true,
      data: bars.map((bar) => bar.name),
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: look.text, width: 130, overflow: "truncate", interval: 0 },
    },
    series: [
      {
        type: "bar",
        data: bars.map((bar) => bar.value),
        barWidth: "62%",
        barMaxWidth: 22,
        itemStyle: { color: look.series, borderRadius: [0, 3, 3, 0] },
        emphasis: { itemStyle: { color: look.series } },
        label: {
          show: true,
          position: "right",
          distance: 6,
          color: look.text,
          formatter: (params: { readonly dataIndex: number }) => bars[params.dataIndex]?.valueLabel ?? "",
        },
      },
    ],
  };
}

function tooltipOf(bars: readonly Bar[], params: unknown): HTMLElement | string {
  // With an item trigger ECharts hands over the one entry under the pointer.
  const bar = bars[(params as { readonly dataIndex: number }).dataIndex];
  return bar === undefined ? "" : buildTooltip(bar.tooltip);
}
