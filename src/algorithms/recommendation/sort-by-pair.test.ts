import * as fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../../core/errors.ts";
import { sortByPair } from "./sort-by-pair.ts";

test("entries come by customer and item, the newest of a pair first, and none is lost", () => {
  const entry = fc.record({ customer: fc.nat(4), item: fc.nat(3), kind: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
      const log = {
        customer: Int32Array.from(entries, ({ customer }) => customer),
        item: Int32Array.from(entries, ({ item }) => item),
        kind: Int32Array.from(entries, ({ kind }) => kind),
        day: Int32Array.from(entries, (_, at) => Math.floor(at / 3)),
      };
      const order = entries
        .map((_, at) => at)
        .sort((a, b) => {
          const [one, other] = [entries[a], entries[b]];
          return one.customer - other.customer || one.item - other.item || b - a;
        });
      const sorted = sortByPair(log, 5, 4);
      expect([...sorted.at]).toEqual(order);
      expect([...sorted.kind]).toEqual(order.map((at) => log.kind[at]));
      expect([...sorted.day]).toEqual(order.map((at) => log.day[at]));
    }),
  );
});

test("a number outside its range is refused", () => {
  const one = Int32Array.of(1);
  const log = { customer: one, item: one, kind: one, day: one };
  expect(() => sortByPair(log, 1, 5)).toThrow(AppError);
  expect(() => sortByPair({ ...log }, 5, 1)).toThrow(AppError);
});
