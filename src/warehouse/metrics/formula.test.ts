import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormula } from "./formula.ts";

const at = (values: Readonly<Record<string, number | null>>) => (name: string) => values[name] ?? null;

describe("parseFormula", () => {
  it.each([
    ["a + b * c", 7],
    ["(a + b) * c", 9],
    ["c - b - a", 0],
    ["c / b / a", 1.5],
    ["10 - 2.5", 7.5],
  ])("computes %s", (text, expected) => {
    expect(parseFormula(text).evaluate(at({ a: 1, b: 2, c: 3 }))).toBe(expected);
  });

  it("names what it reads, each once", () => {
    expect(parseFormula("(gross_sales - discounts) / orders + orders").names).toEqual([
      "gross_sales",
      "discounts",
      "orders",
    ]);
  });

  it("knows nothing where a part is unknown or the divisor zero", () => {
    expect(parseFormula("a + b").evaluate(at({ a: 1 }))).toBeNull();
    expect(parseFormula("a / b").evaluate(at({ a: 1, b: 0 }))).toBeNull();
  });

  it.each([
    ["", "ends where a metric, a number or an opening parenthesis is expected"],
    ["a b", 'has "b" at character 3 where an operator is expected'],
    ["(a + b", 'ends where ")" is expected'],
    ["a + $", 'has "$" at character 5 where a metric, a number or an opening parenthesis is expected'],
  ])("refuses %j", (text, message) => {
    expect(() => parseFormula(text)).toThrow(message);
  });

  it("adds and subtracts from the left, whatever the spaces", () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(numbers, (terms) => {
        const expected = terms.slice(1).reduce((sum, term) => sum - term, terms[0] ?? 0);
        expect(parseFormula(terms.join("-")).evaluate(() => null)).toBe(expected);
        expect(parseFormula(terms.join("  - ")).evaluate(() => null)).toBe(expected);
      }),
    );
  });
});
