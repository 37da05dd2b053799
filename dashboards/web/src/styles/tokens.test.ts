import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const TOKENS = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = "", light = "", dark = ""]) => [name, { light, dark }],
  ),
);

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["page", "surface", "surface-raised", "sunken"];
const TEXT_PAIRS = [
  ...GROUNDS.flatMap((ground) => [
    ["text", ground],
    ["text-soft", ground],
    ["accent", ground],
  ]),
  ["accent", "accent-soft"],
  ["on-accent", "accent"],
  ["good", "good-soft"],
  ["bad", "bad-soft"],
  ["bad", "surface"],
  ["text-soft", "bad-soft"],
  ["amber", "page"],
  ["amber", "surface"],
];
const MARK_PAIRS = [
  ["focus", "page"],
  ["focus", "surface"],
  ["series", "surface"],
  ["map-5", "surface"],
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((route) => [
    [`route-${route}`, "surface"],
    [`route-${route}`, "sunken"],
  ]),
];

const tokens = (name = "") => TOKENS.get(name) ?? { light: "", dark: "" };

test.each(TEXT_PAIRS)("text in %s on %s has a contrast of 4.5 in both themes", (text, ground) => {
  expect(contrast(tokens(text).light, tokens(ground).light)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(tokens(text).dark, tokens(ground).dark)).toBeGreaterThanOrEqual(4.5);
});

test.each(MARK_PAIRS)("marks in %s on %s have a contrast of 3 in both themes", (mark, ground) => {
  expect(contrast(tokens(mark).light, tokens(ground).light)).toBeGreaterThanOrEqual(3);
  expect(contrast(tokens(mark).dark, tokens(ground).dark)).toBeGreaterThanOrEqual(3);
});

test("the shades of the map rise in contrast to the surface, so that more is darker by day and lighter by night", () => {
  for (const theme of ["light", "dark"] as const) {
    const steps = [1, 2, 3, 4, 5].map((shade) => contrast(tokens(`map-${shade}`)[theme], tokens("surface")[theme]));
    expect(steps).toEqual(steps.toSorted((left, right) => left - right));
  }
});
