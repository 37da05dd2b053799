import * as fc from "fast-check";
import { expect, test } from "vitest";
import { buildIncidence } from "../sparse/incidence.ts";
import { mineBasketRules, type RuleParams } from "./mine-basket-rules.ts";

const toIncidence = (baskets: readonly (readonly number[])[], itemCount: number) =>
  buildIncidence(
    Int32Array.from(baskets.flatMap((items, basket) => items.map(() => basket))),
    Int32Array.from(baskets.flat()),
    baskets.length,
    itemCount,
  );
const listRules = (baskets: readonly (readonly number[])[], itemCount: number, params: Partial<RuleParams> = {}) => {
  const all = { minSupport: 1, minConfidence: 0, maxBasketSize: 100, ...params };
  const rules = mineBasketRules(toIncidence(baskets, itemCount), new Uint8Array(itemCount).fill(1), all);
  return Array.from(rules.item, (item, at) => ({
    given: [rules.first[at], rules.second[at]],
    item,
    support: rules.support[at],
    confidence: rules.confidence[at],
    lift: rules.lift[at],
  }));
};

test("by hand: five baskets", () => {
  const baskets = [
    [0, 1, 2],
    [0, 1, 2, 3],
    [0, 1],
    [2, 3],
    [0, 1, 3],
  ];
  // {0, 1} is in four baskets, two of which hold 2; 2 is in three of five.
  const rule = listRules(baskets, 4, { minSupport: 2 }).find(({ given, item }) => given.join() === "0,1" && item === 2);
  expect(rule).toMatchObject({ support: 2, confidence: 0.5 });
  expect(rule?.lift).toBeCloseTo(0.5 / (3 / 5), 6);
});

test("the same as counting every basket for every three items", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 6 }), { maxLength: 14 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(0, 0.4, 1),
      fc.constantFrom(3, 100),
      (baskets, minSupport, minConfidence, maxBasketSize) => {
        const heard = baskets.filter((items) => items.length <= maxBasketSize);
        const holding = (...items: number[]) =>
          heard.filter((basket) => items.every((item) => basket.includes(item))).length;
        const expected = [];
        for (let a = 0; a < 7; a++)
          for (let b = a + 1; b < 7; b++)
            for (let item = 0; item < 7; item++) {
              if (item === a || item === b) continue;
              const support = holding(a, b, item);
              const confidence = support / holding(a, b);
              if (support < minSupport || confidence < minConfidence) continue;
              const lift = (confidence * heard.length) / holding(item);
              expected.push({
                given: [a, b],
                item,
                support,
                confidence: Math.fround(confidence),
                lift: Math.fround(lift),
              });
            }
        expect(listRules(baskets, 7, { minSupport, minConfidence, maxBasketSize })).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});

test("what may not be recommended may still be given; a support of 0 is refused", () => {
  const candidates = Uint8Array.of(0, 1, 1);
  const params = { minSupport: 1, minConfidence: 0, maxBasketSize: 9 };
  const rules = mineBasketRules(toIncidence([[0, 1, 2]], 3), candidates, params);
  expect([...rules.item]).toEqual([2, 1]);
  expect([...rules.first]).toEqual([0, 0]);
  expect(() => listRules([[0]], 1, { minSupport: 0 })).toThrow(/minSupport/);
});
