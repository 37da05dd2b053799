import { describe, expect, it } from "vitest";
import { decodeArrow, encodeArrow } from "./arrow-table.ts";

const columns = {
  item: ["b", "a", "b", "ü"],
  rank: Int32Array.of(1, 2, 3, 4),
  score: Float32Array.of(0.5, 0.25, 0, -1),
  price: Float64Array.of(0.1, 0.2, 0.3, 1e12),
};

describe("arrow table", () => {
  it("gives back what was written", () => {
    const read = decodeArrow(encodeArrow(columns));
    expect(read.rowCount).toBe(4);
    expect(read.text("item")).toEqual(columns.item);
    expect(read.int32("rank")).toEqual(columns.rank);
    expect(read.float32("score")).toEqual(columns.score);
    expect(read.float64("price")).toEqual(columns.price);
  });

  it("gives the same bytes for the same columns", () => {
    expect(encodeArrow(columns)).toEqual(encodeArrow(columns));
  });

  it("holds no rows as well", () => {
    const read = decodeArrow(encodeArrow({ item: [], rank: new Int32Array(0) }));
    expect(read.rowCount).toBe(0);
    expect(read.text("item")).toEqual([]);
    expect(read.int32("rank")).toEqual(new Int32Array(0));
  });

  it("refuses a missing column, another type, unequal lengths and other bytes", () => {
    const read = decodeArrow(encodeArrow(columns));
    expect(() => read.int32("nothing")).toThrow('no column "nothing"');
    expect(() => read.int32("score")).toThrow("does not hold a Int32Array");
    expect(() => encodeArrow({ a: ["x"], b: Int32Array.of(1, 2) })).toThrow("equally long");
    const bytes = encodeArrow(columns);
    expect(() => decodeArrow(new Uint8Array(100))).toThrow("MODEL_ARTEFACT_INVALID");
    expect(() => decodeArrow(bytes.subarray(0, bytes.length - 50))).toThrow("MODEL_ARTEFACT_INVALID");
  });
});
