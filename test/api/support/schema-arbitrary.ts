import * as fc from "fast-check";
import type { JsonSchema } from "../../../src/api/testing/json-schema.ts";

/** Texts that have broken services before. */
const HOSTILE = [
  "",
  " ",
  "\u0000",
  "'; DROP TABLE mart_order; --",
  '"',
  "../../../../etc/passwd",
  "%00",
  "%zz",
  "__proto__",
  "constructor",
  "${7*7}",
  "<script>alert(1)</script>",
  "💥",
  "\u202e",
  "NaN",
  "-0",
  "1e999",
  "x".repeat(199),
  "x".repeat(5000),
];

/** Texts that lead beyond the first check, by the name of the property they stand in. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  id: ["P1", "P2", "C1", "C2", "sales-geography", "20120101T000000-aaaaaa", "job-1", "more-diverse-shelf"],
  items: ["P1", "P2", "P3"],
  store: ["shop"],
  market: ["GB", "DE"],
  product: ["P1", "P2"],
  dataset: ["orders", "order-lines"],
  source: ["generic"],
  metrics: ["gross_sales", "net_sales", "orders", "conversion_rate", "product_units"],
  dimensions: ["market", "store", "time", "day", "product"],
  by: ["gross_sales", "orders", "market"],
  currency: ["GBP", "EUR"],
};

const strangeText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme", maxLength: 30 }));

function textOf(name: string): fc.Arbitrary<string> {
  const known = KNOWN[name];
  if (known === undefined) return strangeText;
  return fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: strangeText });
}

/** Values for the property of that name that mostly obey the schema, sometimes not. */
export function arbitraryOf(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 30, arbitrary: obedientTo(schema, name) },
    { weight: 1, arbitrary: strangeText },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
}

function obedientTo(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.examples !== undefined) {
    return fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom(...schema.examples) },
      { weight: 3, arbitrary: ofTypes(schema, name) },
    );
  }
  return ofTypes(schema, name);
}

function ofTypes(schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  const types = [schema.type ?? "object"].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, name)));
}

function ofType(type: string, schema: JsonSchema, name: string): fc.Arbitrary<unknown> {
  switch (type) {
    case "number":
      return fc.double({ min: schema.minimum ?? -10, max: schema.maximum ?? 1000, noNaN: true });
    case "integer":
      return fc.integer({ min: Math.ceil(schema.minimum ?? -10), max: Math.floor(schema.maximum ?? 1000) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(arbitraryOf(schema.items ?? {}, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, (schema.minItems ?? 0) + 4),
      });
    case "object":
      return ofObject(schema);
    default:
      return ofText(schema, name);
  }
}

/** Most optional properties are left out most of the time: what is sent together rarely fits together by chance. */
function ofObject({ properties = {}, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<unknown> {
  const parts = Object.entries(properties).map(([name, part]) => {
    const value = arbitraryOf(part, name);
    const isRequired = required.includes(name);
    return [name, isRequired ? value : fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, value)] as const;
  });
  const others =
    typeof additionalProperties === "object"
      ? fc.dictionary(textOf("dimensions"), arbitraryOf(additionalProperties, "market"), { maxKeys: 2 })
      : fc.oneof(
          { weight: 20, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: fc.dictionary(strangeText, strangeText, { minKeys: 1 }) },
        );
  return fc.tuple(fc.record(Object.fromEntries(parts)), others).map(([known, other]) => ({ ...other, ...known }));
}

function ofText({ pattern, format, maxLength }: JsonSchema, name: string): fc.Arbitrary<unknown> {
  if (format === "date") {
    const between = { min: new Date("2011-11-01"), max: new Date("2012-02-01"), noInvalidDate: true };
    return fc.date(between).map((date) => date.toISOString().slice(0, 10));
  }
  if (pattern === undefined) return textOf(name).map((text) => text.slice(0, maxLength));
  const fitting = fc.stringMatching(new RegExp(pattern));
  const known = KNOWN[name];
  return known === undefined ? fitting : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, fitting);
}
