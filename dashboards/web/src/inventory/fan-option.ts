import type { EChartsCoreOption } from "echarts/core";

import type { ChartLook } from "../charts/chart-look.ts";
import { buildTooltip, TOOLTIP_BOX, type TooltipContent } from "../charts/tooltip.ts";

/** A step of the past or of the forecast. */
export interface FanPoint {
  readonly axisLabel: string;
  readonly actual: number | null;
  readonly mean: number | null;
  /** Bounds of the ranges from the lowest up: 95, 80, 50, 50, 80 and 95 %; undefined in the past. */
  readonly bounds: readonly number[] | undefined;
  readonly tooltip: TooltipContent;
}

/** Opacity of the bands between neighbouring bounds: the inner ones are the likelier. */
const BAND_OPACITY = [0.1, 0.22, 0.4, 0.22, 0.1] as const;

/** The past as a line, what is expected dashed behind it, and the ranges of 50, 80 and 95 in 100 outcomes around that. */
export function buildFanOption(points: readonly FanPoint[], look: ChartLook): EChartsCoreOption {
  const line = { type: "line", showSymbol: false, emphasis: { disabled: true }, connectNulls: false };
  const invisible = { lineStyle: { opacity: 0 }, itemStyle: { opacity: 0 }, tooltip: { show: false } };
  return {
    animation: false,
    textStyle: { fontFamily: look.fontFamily, fontSize: 12 },
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: false, outerBoundsMode: "same" },
    tooltip: {
      ...TOOLTIP_BOX,
      trigger: "axis",
      axisPointer: { type: "line", snap: true, animation: false, lineStyle: { color: look.textSoft, width: 1 } },
      formatter: (params: unknown) => tooltipOf(points, params),
    },
    xAxis: {
      type: "category",
      data: points.map((point) => point.axisLabel),
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.grid } },
      axisLabel: { color: look.textSoft, hideOverlap: true, margin: 10 },
    },
    yAxis: {
      type: "value",
      splitNumber: 4,
      axisLabel: { color: look.textSoft },
      splitLine: { lineStyle: { color: look.grid } },
    },
    series: [
      {
        ...line,
        id: "actual",
        data: points.map((point) => point.actual),
        lineStyle: { color: look.series, width: 2.25 },
      },
      { ...line, ...invisible, id: "lowest", stack: "range", data: points.map(({ bounds }) => bounds?.[0] ?? null) },
      ...BAND_OPACITY.map((opacity, band) => ({
        ...line,
        ...invisible,
        id: `band-${band}`,
        stack: "range",
        data: points.map(({ bounds }) =>
          bounds === undefined ? null : (bounds[band + 1] as number) - (bounds[band] as number),
        ),
        areaStyle: { color: look.series, opacity },
      })),
      {
        ...line,
        id: "mean",
        data: points.map((point) => point.mean),
        lineStyle: { color: look.series, width: 2.25, type: [4, 4] },
      },
    ],
  };
}

function tooltipOf(points: readonly FanPoint[], params: unknown): HTMLElement | string {
  // With an axis trigger ECharts hands over one entry per series at the same place.
  const [first] = params as readonly { readonly dataIndex: number }[];
  const point = first === undefined ? undefined : points[first.dataIndex];
  return point === undefined ? "" : buildTooltip(point.tooltip);
}
