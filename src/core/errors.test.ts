import { expect, test } from "vitest";
import { ERROR_CATALOGUE } from "./error-catalogue.ts";
import { AppError, describeError, fail } from "./errors.ts";

test("a coded error takes status, title and retryability from the catalogue", () => {
  const error = fail("WAREHOUSE_BUSY", "wait", { cause: new Error("lock") });
  expect(error).toBeInstanceOf(AppError);
  expect([error.status, error.retryable, error.title]).toEqual([503, true, ERROR_CATALOGUE.WAREHOUSE_BUSY.title]);
  expect((error.cause as Error).message).toBe("lock");
});

test("codes are AREA_REASON and sorted by area", () => {
  const codes = Object.keys(ERROR_CATALOGUE);
  expect(codes.filter((code) => !/^[A-Z]+(_[A-Z0-9]+)*$/.test(code))).toEqual([]);
  const areas = codes.map((code) => code.split("_", 1)[0]);
  expect(areas).toEqual([...areas].sort());
});

test("anything thrown has a message", () => {
  expect(describeError(fail("INTERNAL", "x"))).toBe("INTERNAL: x");
  expect(describeError(new Error("y"))).toBe("y");
  expect(describeError("z")).toBe("z");
});
