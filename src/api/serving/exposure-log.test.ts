import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixedClock } from "../../core/clock.ts";
import { createExposureLog } from "./exposure-log.ts";

test("exposures are lines of the contract, on the disk when append ends and handed over at closing", async () => {
  const inbox = mkdtempSync(join(tmpdir(), "tradewind-exposures-"));
  try {
    const log = createExposureLog({ inbox, clock: fixedClock("2012-02-01T12:00:00Z") });
    const shownAt = new Date("2012-02-01T12:00:00.250Z");
    const shown = { store: "shop", experiment: "e", variant: "v", customerId: "C1", shownAt, propensity: 0.25 };
    await Promise.all([
      log.append({ ...shown, exposureId: "x1", itemIds: ["P 1", 'P"2'] }),
      log.append({ ...shown, exposureId: "x2", itemIds: [] }),
    ]);
    const folder = join(inbox, "recommendation-exposures");
    const [open = ""] = readdirSync(folder);
    expect(open).toMatch(/^exposures-.*\.ndjson\.part$/);
    const lines = readFileSync(join(folder, open), "utf8").trimEnd().split("\n");
    const common = { store_id: "shop", experiment_id: "e", variant_id: "v", customer_id: "C1", propensity: 0.25 };
    const at = { shown_at: "2012-02-01T12:00:00.250Z" };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...common, ...at, exposure_id: "x1", items: '["P 1","P\\"2"]' },
      { ...common, ...at, exposure_id: "x2", items: "[]" },
    ]);
    await log.close();
    expect(readdirSync(folder)).toEqual([open.replace(/\.part$/, "")]);
  } finally {
    rmSync(inbox, { recursive: true, force: true });
  }
});
