import { expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { binColumn, findBins } from "./bin-column.ts";

const rng = createRng(11);
const COLUMNS: readonly (readonly [string, Float64Array])[] = [
  ["even values", Float64Array.from({ length: 3000 }, () => rng.next())],
  ["a heavy tail", Float64Array.from({ length: 3000 }, () => Math.exp(20 * rng.next()))],
  ["few values and gaps", Float64Array.from({ length: 3000 }, () => (rng.next() < 0.1 ? Number.NaN : rng.nextInt(5)))],
  [
    "infinite ones",
    Float64Array.from({ length: 3000 }, (_, row) => (row % 5 < 3 ? rng.next() : row % 5 === 3 ? 1 / 0 : -1 / 0)),
  ],
  ["a constant", new Float64Array(3000).fill(4)],
  ["nothing known", new Float64Array(3000).fill(Number.NaN)],
];

it.for(COLUMNS)("a value goes to the first bin whose edge it does not exceed: %s", ([, column]) => {
  const bins = findBins(column, 40, false);
  const places = Array.from(column, (value) => {
    const place = bins.edges.findIndex((edge) => value <= edge);
    return Number.isNaN(value) ? 0 : 1 + (place < 0 ? bins.edges.length : place);
  });
  expect([...binColumn(column, bins)]).toEqual(places);
});
