import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../core/errors.ts";
import { buildIncidence, transposeIncidence } from "./incidence.ts";

describe("incidence", () => {
  it("sorts the columns of each row and counts a repeated pair once", () => {
    const built = buildIncidence(Int32Array.of(2, 0, 0, 2, 0), Int32Array.of(1, 3, 1, 1, 3), 3, 4);
    expect([...built.rowPtr]).toEqual([0, 2, 2, 3]);
    expect([...built.colIdx]).toEqual([1, 3, 1]);
  });

  it("transposes to the rows of each column", () => {
    const columns = transposeIncidence(buildIncidence(Int32Array.of(0, 0, 2), Int32Array.of(1, 3, 1), 3, 4));
    expect([...columns.rowPtr]).toEqual([0, 0, 2, 2, 3]);
    expect([...columns.colIdx]).toEqual([0, 2, 0]);
  });

  it("does not depend on the order of the pairs, and transposing twice gives it back", () => {
    const pair = fc.tuple(fc.nat(6), fc.nat(4));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 40 }), (pairs) => {
        const build = (list: [number, number][]) =>
          buildIncidence(
            Int32Array.from(list, ([row]) => row),
            Int32Array.from(list, ([, col]) => col),
            7,
            5,
          );
        const forward = build(pairs);
        expect(build([...pairs].reverse())).toEqual(forward);
        expect(transposeIncidence(transposeIncidence(forward))).toEqual(forward);
      }),
    );
  });

  it("refuses an index outside its range by name", () => {
    expect(() => buildIncidence(Int32Array.of(0), Int32Array.of(5), 1, 5)).toThrow(AppError);
    expect(() => buildIncidence(Int32Array.of(0), Int32Array.of(5), 1, 5)).toThrow("cols[0] is 5");
  });
});
