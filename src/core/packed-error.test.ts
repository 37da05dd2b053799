import { expect, test } from "vitest";
import { AppError, fail } from "./errors.ts";
import { packError, unpackError } from "./packed-error.ts";

const sendAway = (error: unknown): Error => unpackError(structuredClone(packError(error)));

test("an expected error keeps all that is known of it on its way to another thread", () => {
  const cause = fail("ALGORITHM_INPUT_INVALID", "share is 2; give a number between 0 and 1.");
  const error = fail("JOB_STEP_FAILED", "Stopped.", {
    cause,
    errors: [{ pointer: "/share", message: "too much" }],
    meta: { rows: 3 },
  });
  const arrived = sendAway(error);
  expect(arrived).toBeInstanceOf(AppError);
  expect(arrived).toEqual(error);
  expect(arrived.cause).toEqual(cause);
  expect(arrived.stack).toBe(error.stack);
});

test("any other error keeps its message, and what is no error becomes one", () => {
  expect(sendAway(new TypeError("no"))).toEqual(new Error("no"));
  expect(sendAway("words")).toEqual(new Error("words"));
});
