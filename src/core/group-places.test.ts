import { expect, it } from "vitest";
import { groupPlaces } from "./group-places.ts";

it("groups places by key in their order, without items that have none, among those named", () => {
  const words = ["owl", "bee", "", "ox", "bat"];
  const initial = (word: string): string | undefined => word[0];
  expect([...groupPlaces(words, initial)]).toEqual([
    ["o", [0, 3]],
    ["b", [1, 4]],
  ]);
  expect([...groupPlaces(words, initial, [4, 2, 3])]).toEqual([
    ["b", [4]],
    ["o", [3]],
  ]);
});
