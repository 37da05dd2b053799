import { expect, it } from "vitest";
import { admitOrigins, keepAdmitted } from "./admit-origins.ts";

const seriesOf = (values: readonly number[]) => ({ values: Float64Array.from(values), period: 1, horizon: 2 });

it("admits a series from the origin on at which it had sold as often as all but a hundredth of the pool have", () => {
  // The rarest of 2 sold twice: the first series had by its third value, the other by its fifth.
  const pool = [seriesOf([1, 0, 0, 0, 3]), seriesOf([4, 2, 0, 1, 1])];
  expect([...admitOrigins(pool)]).toEqual([5, 2]);
  const listed = [4, 3, 2].map((origin) => ({ index: 1, origin }));
  expect(keepAdmitted([...listed, { index: 1, origin: 1 }, { index: 0, origin: 4 }], admitOrigins(pool))).toEqual(
    listed,
  );
});

it("one stray series in two hundred does not decide, and where hardly any origin is left all are taken", () => {
  const pool = Array.from({ length: 200 }, (_, at) => seriesOf(at === 7 ? [0, 0, 0, 0] : [1, 1, 0, 1]));
  const first = admitOrigins(pool);
  expect(first[0]).toBe(4);
  const early = [1, 2, 3].map((origin) => ({ index: 0, origin }));
  expect(keepAdmitted(early, first)).toEqual(early);
});
