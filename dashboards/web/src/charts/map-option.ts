import type { EChartsCoreOption } from "echarts/core";

import type { ChartLook } from "./chart-look.ts";
import { project, unproject } from "./equal-earth.ts";
import { buildTooltip, TOOLTIP_BOX, type TooltipContent } from "./tooltip.ts";

export interface MapShape {
  /** Name of the shape on the map. */
  readonly shape: string;
  readonly value: number;
  /** Index into the look's shades. */
  readonly shade: number;
  readonly tooltip: TooltipContent;
}

/** A choropleth: each market's land in the shade of its class. The legend stands in the page, not in the picture. */
export function buildMapOption(map: string, shapes: readonly MapShape[], look: ChartLook): EChartsCoreOption {
  const outline = { borderColor: look.border, borderWidth: 0.6 };
  return {
    animation: false,
    textStyle: { fontFamily: look.fontFamily, fontSize: 12 },
    tooltip: {
      ...TOOLTIP_BOX,
      trigger: "item",
      formatter: (params: unknown) => tooltipOf(shapes, params),
    },
    series: [
      {
        type: "map",
        map,
        projection: { project, unproject },
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        selectedMode: false,
        label: { show: false },
        itemStyle: { ...outline, areaColor: look.land },
        emphasis: { label: { show: false }, itemStyle: { ...outline, areaColor: look.land } },
        data: shapes.map((shape) => ({
          name: shape.shape,
          value: shape.value,
          itemStyle: { areaColor: look.shades[shape.shade] ?? look.land },
          emphasis: {
            itemStyle: { areaColor: look.shades[shape.shade] ?? look.land, borderColor: look.text, borderWidth: 1.2 },
          },
        })),
      },
    ],
  };
}

function tooltipOf(shapes: readonly MapShape[], params: unknown): HTMLElement | string {
  // With an item trigger ECharts hands over the one shape under the pointer, also one without data.
  const { name } = params as { readonly name: string };
  const shape = shapes.find((it) => it.shape === name);
  return shape === undefined ? "" : buildTooltip(shape.tooltip);
}
