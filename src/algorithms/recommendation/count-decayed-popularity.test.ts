import { expect, it } from "vitest";
import { countDecayedPopularity } from "./count-decayed-popularity.ts";

it("halves the weight of a line every half-life, segment by segment", () => {
  const popularity = countDecayedPopularity(
    Int32Array.of(0, 0, 1),
    Int32Array.of(0, 0, 1),
    Int32Array.of(0, 14, 28),
    { itemCount: 2, segmentCount: 2 },
    14,
  );
  expect([...popularity]).toEqual([1.5, 0, 0, 0.25]);
});
