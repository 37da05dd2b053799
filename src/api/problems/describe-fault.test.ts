import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { describeFault } from "./describe-fault.ts";

function faultsOf(schema: object, value: unknown) {
  const ajv = new Ajv({ allErrors: true, verbose: true });
  ajv.validate(schema, value);
  // Ajv's errors are what Fastify hands on as validation errors.
  return (ajv.errors ?? []).map((error) => describeFault(error as never));
}

const schema = {
  type: "object",
  additionalProperties: false,
  required: ["items"],
  properties: {
    items: { type: "array", minItems: 1, items: { type: "string", maxLength: 3 } },
    n: { type: "integer", minimum: 1, maximum: 100 },
    unit: { enum: ["day", "week"] },
  },
};

describe("describeFault", () => {
  it.each([
    [{}, "/items", "items is missing; add it."],
    [{ items: [] }, "/items", "items has 0 entries; it must have at least 1."],
    [{ items: ["a", 7] }, "/items/1", "items[1] is 7; it must be a text."],
    [{ items: ["abcd"] }, "/items/0", 'items[0] is "abcd"; it must have at most 3 characters.'],
    [{ items: ["a"], n: 101 }, "/n", "n is 101; it must be <= 100."],
    [{ items: ["a"], unit: "year" }, "/unit", 'unit is "year"; use one of day, week.'],
    [{ items: ["a"], "a/b": 1 }, "/a~1b", "a/b is not known here; remove it or use one of items, n, unit."],
  ])("names the field, the fault and the fix of %j", (value, pointer, message) => {
    expect(faultsOf(schema, value)).toEqual([{ pointer, message }]);
  });

  it("names the whole body when it has the wrong type", () => {
    expect(faultsOf(schema, [])).toEqual([{ pointer: "", message: "The body is []; it must be an object." }]);
  });

  it("cuts a long value short", () => {
    expect(faultsOf({ type: "number" }, "x".repeat(500))[0]?.message.length).toBeLessThan(120);
  });
});
