import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createListSlab } from "./list-slab.ts";

const listOf = (key: number, size: number) => {
  const column = (factor: number): number[] => Array.from({ length: size }, (_, at) => factor * (key + at));
  return { items: column(1), scores: column(0.1), because: column(2), support: column(3) };
};

it("keeps what a map ordered by use keeps, whatever is asked for", () => {
  const asked = fc.array(fc.tuple(fc.nat(12), fc.nat(6)), { maxLength: 120 });
  fc.assert(
    fc.property(asked, fc.integer({ min: 1, max: 8 }), (requests, capacity) => {
      const slab = createListSlab(capacity, 4);
      const model = new Map<number, ReturnType<typeof listOf>>();
      for (const [key, size] of requests) {
        const known = model.get(key);
        const kept = slab.get(key);
        const columns = kept && [kept.items, kept.scores, kept.because ?? [], kept.support ?? []];
        expect(columns?.map((column) => Array.from(column))).toEqual(known && Object.values(known));
        if (known === undefined) slab.keep(key, listOf(key, size));
        model.delete(key);
        model.set(key, known ?? listOf(key, Math.min(4, size)));
        const [oldest] = model.keys();
        if (model.size > capacity && oldest !== undefined) model.delete(oldest);
      }
    }),
  );
});

it("keeps more lists than are allotted together", () => {
  const slab = createListSlab(1_000, 2);
  for (let key = 0; key < 1_500; key++) slab.keep(key, listOf(key, 2));
  expect(slab.get(499)).toBeUndefined();
  for (const key of [500, 999, 1_499]) expect(Array.from(slab.get(key)?.items ?? [])).toEqual([key, key + 1]);
});
