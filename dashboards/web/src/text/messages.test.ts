import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

import en from "../../messages/en.json" with { type: "json" };
import zh from "../../messages/zh.json" with { type: "json" };
import { translate } from "./messages.ts";

const placesOf = (message: string): string[] => [...message.matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted();

test("both languages have the same messages with the same places to fill", () => {
  expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
  const chinese: Readonly<Record<string, string>> = zh;
  for (const [key, message] of Object.entries(en)) {
    expect({ key, places: placesOf(chinese[key] ?? "") }).toEqual({ key, places: placesOf(message) });
  }
});

test("places are filled by name", () => {
  expect(translate("en", "chart.legendRange", { low: 1, high: 5 })).toBe("1 to 5");
  expect(translate("zh", "chart.legendRange", { low: 1, high: 5 })).toBe("1 至 5");
});

const folder = new URL("../", import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".test.ts"))
  .map((path) => ({ path, code: readFileSync(new URL(path, folder), "utf8") }));

test("every message is used", () => {
  const code = sources.map((source) => source.code).join("\n");
  // Keys that are put together, such as `range.${preset}`, count by their first part.
  const isUsed = (key: string): boolean =>
    code.includes(`"${key}"`) || code.includes(`\`${key.slice(0, key.indexOf(".") + 1)}\${`);
  expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
});

test("components hold no visible text of their own", () => {
  const faults = sources
    .filter(({ path }) => path.endsWith(".tsx"))
    .flatMap(({ path, code }) => {
      const between = [...code.matchAll(/>\s*([A-Za-z\u4E00-\u9FFF][^<>{}=();]*?)\s*<\//g)].map(([, words]) => words);
      const attributes = [...code.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]+)"/g)].map(
        ([, words]) => words,
      );
      return [...between, ...attributes].map((words) => `${path}: ${words}`);
    });
  expect(faults).toEqual([]);
});
