import { expect, test } from "vitest";

import { joinMarkets } from "./join-markets.ts";

const MARKETS = [
  { id: "DE", name: "Germany", isoNumeric: "276" },
  { id: "SG", name: "Singapore", isoNumeric: "702" },
  { id: "ZZ", name: "Unknown", isoNumeric: null },
];

test("markets go on their shape; what has none is listed, what has no value is left out", () => {
  const values = [
    { market: "DE", value: 10 },
    { market: "SG", value: 20 },
    { market: "ZZ", value: 5 },
    { market: "AQ", value: 1 },
    { market: "FR", value: null },
  ];
  const joined = joinMarkets(values, MARKETS, new Set(["276", "250"]));
  expect(joined.onMap).toEqual([{ market: "DE", shape: "276", value: 10 }]);
  expect(joined.offMap.map((place) => place.market)).toEqual(["SG", "ZZ", "AQ"]);
});
