import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createTempVar } from "../testing/temp-var.ts";
import { listInbox, moveToDone, moveToRefused } from "./inbox.ts";

function drop(inbox: string, path: string): string {
  const file = join(inbox, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "a,b\n");
  return file;
}

test("the folder says dataset, source and store; files still being written wait", () => {
  const { inbox } = createTempVar();
  expect(listInbox(inbox)).toEqual([]);
  for (const path of ["order-lines/b.csv", "order-lines/a.csv", "orders@shopify-orders@berlin/o.csv"])
    drop(inbox, path);
  for (const path of ["order-lines/.hidden.csv", "order-lines/c.csv.part", "done/order-lines/old.csv"])
    drop(inbox, path);
  const found = listInbox(inbox).map((file) => ({ ...file, file: basename(file.file) }));
  expect(found).toEqual([
    { dataset: "order-lines", source: "generic", storeId: undefined, file: "a.csv" },
    { dataset: "order-lines", source: "generic", storeId: undefined, file: "b.csv" },
    { dataset: "orders", source: "shopify-orders", storeId: "berlin", file: "o.csv" },
  ]);
});

test("files of the same name from different nights are kept apart, refused ones with their reason", () => {
  const { inbox } = createTempVar();
  moveToDone(inbox, drop(inbox, "order-lines/a.csv"), "run1");
  moveToDone(inbox, drop(inbox, "order-lines/a.csv"), "run2");
  moveToRefused(inbox, drop(inbox, "order-lines/a.csv"), "run3", "INGEST_COLUMN_MISSING: quantity");
  expect(readdirSync(join(inbox, "done", "order-lines"))).toEqual(["run1-a.csv", "run2-a.csv"]);
  expect(readFileSync(join(inbox, "refused", "order-lines", "run3-a.csv.reason.txt"), "utf8")).toBe(
    "INGEST_COLUMN_MISSING: quantity\n",
  );
  expect(existsSync(join(inbox, "order-lines", "a.csv"))).toBe(false);
  expect(listInbox(inbox)).toEqual([]);
});
