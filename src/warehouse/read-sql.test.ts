import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillIdentifiers, readSql } from "./read-sql.ts";

test("identifiers are filled in, qualified or not", () => {
  expect(fillIdentifiers("SELECT * FROM {{table}} JOIN {{other}}", { table: "release.mart_order", other: "t_2" })).toBe(
    "SELECT * FROM release.mart_order JOIN t_2",
  );
});

test.each(["Mart", "a b", "a;DROP TABLE t", "a--", '"a"', "a.b.c", "1a", ""])(
  "%j does not pass as identifier",
  (name) => {
    expect(() => fillIdentifiers("SELECT * FROM {{table}}", { table: name })).toThrow(/cannot stand for/);
  },
);

test("an identifier nobody gave is refused", () => {
  expect(() => fillIdentifiers("SELECT * FROM {{table}}", {})).toThrow(/cannot stand for \{\{table\}\}/);
});

test("every SQL file says what it is for", () => {
  const folder = new URL("./sql/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".sql"));
  expect(files.length).toBeGreaterThan(30);
  const silent = files.filter((file) => !readFileSync(new URL(file, folder), "utf8").startsWith("-- Purpose: "));
  expect(silent).toEqual([]);
  expect(readSql("conform/insert_orders")).toContain("INSERT INTO fct_order");
});
