import { join } from "node:path";
import { packageRoot } from "../../core/paths.ts";

/** Folder of the pages that come with the product; the metric files stand in `metrics/` below it. */
export function dashboardsFolder(): string {
  return join(packageRoot(), "dashboards");
}

export function metricsFolder(): string {
  return join(dashboardsFolder(), "metrics");
}
