import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packageRoot } from "../../core/paths.ts";
import { metricsFolder } from "./default-folders.ts";
import { loadCatalogue } from "./load-catalogue.ts";
import { renderMetricsDoc } from "./render-metrics-doc.ts";

it("docs/metrics.md says what the catalogue says; else run scripts/generate-metrics-doc.ts", () => {
  const written = readFileSync(join(packageRoot(), "docs", "metrics.md"), "utf8");
  expect(written).toBe(renderMetricsDoc(loadCatalogue(metricsFolder())));
});
