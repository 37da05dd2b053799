import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseContract } from "./read-contract.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tradewind-contract-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = "dataset: things\ntitle: Things\ntable: fct_thing\n";
const COLUMNS = "columns:\n  thing_id: { type: text }\n";

function read(text: string): unknown {
  const file = join(folder, "things.yaml");
  writeFileSync(file, text);
  return parseContract(file, "contracts/things.yaml");
}

test("a contract names its columns, fields and identity", () => {
  expect(
    read(`${HEAD}identity: { key: [thing_id] }\n${COLUMNS}  paid_minor: { type: money, required: true }\n`),
  ).toMatchObject({
    dataset: "things",
    identity: { kind: "key", columns: ["thing_id"] },
    columns: [
      { name: "thing_id", field: "thing_id", required: false },
      { name: "paid_minor", field: "paid", required: true },
    ],
  });
});

test.each([
  [
    "a type that does not exist",
    `${HEAD}identity: { key: [a] }\ncolumns:\n  a: { type: string }\n`,
    "things.yaml:6: columns.a.type must be one of text, integer",
  ],
  [
    "a missing part",
    `title: Things\ntable: fct_thing\nidentity: { key: [a] }\n${COLUMNS}`,
    'things.yaml:1: the file lacks "dataset"; add it.',
  ],
  [
    "a table name that is no identifier",
    `${HEAD.replace("fct_thing", "fct; DROP")}identity: { key: [a] }\n${COLUMNS}`,
    "things.yaml:3: table must match pattern",
  ],
  [
    "an identity of both kinds",
    `${HEAD}identity: { key: [thing_id], content: [thing_id] }\n${COLUMNS}`,
    "things.yaml:4: identity must give either content, or key",
  ],
  [
    "a key that is no column",
    `${HEAD}identity: { key: [id] }\n${COLUMNS}`,
    'things.yaml:4: "id" is not one of thing_id.',
  ],
  ["broken YAML", `${HEAD}identity: { key: [`, "things.yaml:"],
])("%s is refused with file, line and fix", (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});
