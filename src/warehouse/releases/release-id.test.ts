import { expect, test } from "vitest";
import { isReleaseId } from "./release-id.ts";

test("a release id is a time and six hexadecimal digits", () => {
  expect(isReleaseId("20260301T033005-0a9fcd")).toBe(true);
});

test.each(["", "..", "20260301T033005-abcdef/..", "20260301T033005-ABCDEF", "CURRENT", "20260301T033005-abcdef.tmp"])(
  "%j is none",
  (text) => {
    expect(isReleaseId(text)).toBe(false);
  },
);
