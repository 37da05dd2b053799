import { BarChart, LineChart, MapChart } from "echarts/charts";
import { GeoComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, MapChart, GridComponent, GeoComponent, TooltipComponent, SVGRenderer]);

export { init, registerMap };
