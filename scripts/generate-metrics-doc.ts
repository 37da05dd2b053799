import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../src/core/paths.ts";
import { metricsFolder } from "../src/warehouse/metrics/default-folders.ts";
import { loadCatalogue } from "../src/warehouse/metrics/load-catalogue.ts";
import { renderMetricsDoc } from "../src/warehouse/metrics/render-metrics-doc.ts";

writeFileSync(join(packageRoot(), "docs", "metrics.md"), renderMetricsDoc(loadCatalogue(metricsFolder())));
