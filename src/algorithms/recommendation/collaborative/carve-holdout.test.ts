import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { buildIncidence } from "../../sparse/incidence.ts";
import { withUnitValues } from "../../sparse/sparse-matrix.ts";
import { carveHoldout } from "./carve-holdout.ts";

const [USERS, ITEMS] = [60, 100];
const EVERYTHING = withUnitValues(
  buildIncidence(
    Int32Array.from({ length: USERS * ITEMS }, (_, at) => Math.floor(at / ITEMS)),
    Int32Array.from({ length: USERS * ITEMS }, (_, at) => at % ITEMS),
    USERS,
    ITEMS,
  ),
);

describe("carveHoldout", () => {
  it("hides the share asked for of each user and loses no pair", () => {
    const { fit, held } = carveHoldout(EVERYTHING, 0.2, createRng(1));
    const sizes = Array.from({ length: USERS }, (_, user) => (held.rowPtr[user + 1] ?? 0) - (held.rowPtr[user] ?? 0));
    expect(new Set(sizes)).toEqual(new Set([20]));
    for (let user = 0; user < USERS; user++) {
      const kept = [...fit.colIdx.subarray(fit.rowPtr[user], fit.rowPtr[user + 1])];
      const hidden = [...held.colIdx.subarray(held.rowPtr[user], held.rowPtr[user + 1])];
      expect([...kept, ...hidden].sort((a, b) => a - b)).toEqual(Array.from({ length: ITEMS }, (_, item) => item));
    }
  });

  it("leaves every user an item", () => {
    const train = withUnitValues(buildIncidence(Int32Array.from([0, 1, 1]), Int32Array.from([0, 0, 1]), 2, 2));
    const { fit } = carveHoldout(train, 0.9, createRng(3));
    expect([...fit.rowPtr]).toEqual([0, 1, 2]);
  });

  it("is the same for the same seed", () => {
    const carve = () => [...carveHoldout(EVERYTHING, 0.2, createRng(7)).held.colIdx];
    expect(carve()).toEqual(carve());
  });

  it("refuses what is no share", () => {
    expect(() => carveHoldout(EVERYTHING, 0, createRng(1))).toThrow(/share/);
    expect(() => carveHoldout(EVERYTHING, 1, createRng(1))).toThrow(/share/);
  });
});
