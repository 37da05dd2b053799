import { tableFromIPC } from "apache-arrow";
import { expect, it } from "vitest";
import { toArrow } from "./to-arrow.ts";

it("carries rows, units, currency and release through Arrow IPC", () => {
  const bytes = toArrow({
    columns: [
      { name: "market", kind: "dimension", unit: "text" },
      { name: "net_sales", kind: "metric", unit: "money", currency: "GBP" },
    ],
    rows: [
      ["GB", 123450],
      [null, null],
    ],
    from: "2011-01-01",
    to: "2011-01-31",
    partialPeriods: [],
    asOf: "2011-12-09",
    release: "r1",
    notes: [],
  });
  const table = tableFromIPC(bytes);
  expect(table.numRows).toBe(2);
  expect([...(table.getChild("market") ?? [])]).toEqual(["GB", null]);
  expect([...(table.getChild("net_sales") ?? [])]).toEqual([123450, null]);
  expect(table.schema.fields[1]?.metadata).toEqual(
    new Map([
      ["unit", "money"],
      ["currency", "GBP"],
    ]),
  );
  expect(table.schema.metadata.get("release")).toBe("r1");
});
