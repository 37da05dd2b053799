import { columnSums } from "./degrees.ts";
import type { Interactions } from "./fitted-model.ts";

/** Saturation and length normalisation, the values of the implicit library's defaults. */
const K1 = 1.2;
const B = 0.75;

/**
 * BM25 weights with items as documents and users as terms: a user of few items says more, and an entry of a long item less.
 * value = x·(K1 + 1) / (K1·(1 − B + B·length/mean length) + x) · sqrt of the user's idf. O(entries).
 */
export function weighByBm25(train: Interactions): Interactions {
  const lengths = columnSums(train);
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / train.colCount;
  const values = new Float32Array(train.values.length);
  for (let user = 0; user < train.rowCount; user++) {
    const entries = train.rowPtr[user + 1] - train.rowPtr[user];
    const idf = Math.sqrt(Math.log(train.colCount) - Math.log1p(entries));
    for (let at = train.rowPtr[user]; at < train.rowPtr[user + 1]; at++) {
      const x = train.values[at];
      const saturation = K1 * (1 - B + (B * lengths[train.colIdx[at]]) / meanLength) + x;
      values[at] = (x * (K1 + 1) * (Number.isNaN(idf) ? 0 : idf)) / saturation;
    }
  }
  return { ...train, values };
}
