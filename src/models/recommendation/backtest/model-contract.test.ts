import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KernelEngine } from "../../../algorithms/kernels/kernel-engine.ts";
import { createPlainEngine } from "../../../algorithms/kernels/plain-engine.ts";
import { blendModels } from "../../../algorithms/recommendation/collaborative/blend-models.ts";
import { KNN_BM25, KNN_COSINE, KNN_RP3_BETA } from "../../../algorithms/recommendation/collaborative/fit-item-knn.ts";
import { fitEase } from "../../../algorithms/recommendation/collaborative/fit-ease.ts";
import { fitSparseEase } from "../../../algorithms/recommendation/collaborative/fit-sparse-ease.ts";
import type { FittedModel, Interactions } from "../../../algorithms/recommendation/collaborative/fitted-model.ts";
import { fitModel, type ModelConfig } from "../../../algorithms/recommendation/collaborative/model-config.ts";
import { rankHistories } from "../../../algorithms/recommendation/collaborative/rank-histories.ts";
import { selectRows } from "../../../algorithms/recommendation/collaborative/select-rows.ts";
import { buildIncidence } from "../../../algorithms/sparse/incidence.ts";
import { withUnitValues } from "../../../algorithms/sparse/sparse-matrix.ts";
import { createRng } from "../../../core/rng.ts";
import { openKernelEngine, type OpenKernelEngine } from "../../kernels/open-kernel-engine.ts";

/** Every method of the folder, with settings that suit a dozen items. */
const METHODS: readonly (readonly [string, ModelConfig])[] = [
  ["EASE", { method: "ease", params: { ridgeRatio: 0.5, userPower: 0, itemPower: 0 } }],
  ["normalised EASE", { method: "ease", params: { ridgeRatio: 0.5, userPower: 0.25, itemPower: 0.25 } }],
  [
    "sharpened EASE",
    { method: "ease", params: { ridgeRatio: 0.5, userPower: 0.25, itemPower: 0.25, weightPower: 1.25 } },
  ],
  ["sparse EASE", { method: "sparse-ease", params: { ridgeRatio: 0.5, userPower: 0, itemPower: 0, keep: 8 } }],
  ["cosine kNN", { method: "item-knn", params: { ...KNN_COSINE, keep: 8 } }],
  ["RP3beta", { method: "item-knn", params: { ...KNN_RP3_BETA, keep: 8 } }],
  ["BM25", { method: "item-knn", params: { ...KNN_BM25, keep: 8 } }],
  [
    "implicit ALS",
    { method: "implicit-als", params: { dim: 64, unobservedMass: 1.2, regularisation: 0.003, epochs: 12 } },
  ],
  [
    "graph filter",
    {
      method: "graph-filter",
      params: { rank: 4, lowPassWeight: 0.3, spectralPower: 0, userPower: 0.5, itemPower: 0.5 },
    },
  ],
  ["user kNN", { method: "user-knn", params: { keep: 8, shrink: 1, userPower: 0.5 } }],
];

function interactions(pairs: readonly (readonly [number, number])[], users: number, items: number): Interactions {
  const [rows, columns] = [Int32Array.from(pairs, ([user]) => user), Int32Array.from(pairs, ([, item]) => item)];
  return withUnitValues(buildIncidence(rows, columns, users, items));
}

/** Even users have the even items, odd users the odd ones; user u lacks items u and u + 1. The checkerboard of implicit's tests. */
function checkerboard(size: number): Interactions {
  const pairs: [number, number][] = [];
  for (let user = 0; user < size; user++) {
    for (let item = user % 2; item < size; item += 2) if (item !== user) pairs.push([user, item]);
  }
  return interactions(pairs, size, size);
}

function scoresOf(engine: KernelEngine, model: FittedModel, histories: Interactions): number[][] {
  const top = rankHistories(engine, model, histories, model.itemCount);
  return Array.from({ length: histories.rowCount }, (_, row) => {
    const scores: number[] = [];
    for (let at = row * top.keep; at < (row + 1) * top.keep; at++) {
      const item = top.items[at] ?? -1;
      if (item >= 0) scores[item] = top.scores[at] ?? 0;
    }
    return scores;
  });
}

let engine: OpenKernelEngine;
beforeAll(async () => {
  engine = await openKernelEngine({ threadCount: 2 });
});
afterAll(async () => engine.close());

describe.each(METHODS)("%s", (_name, config) => {
  const fit = (train: Interactions): FittedModel => fitModel(engine, train, config, createRng(1));

  it("finds the missing square of a checkerboard", () => {
    const train = checkerboard(12);
    const top = rankHistories(engine, fit(train), train, 1);
    expect([...top.items]).toEqual(Array.from({ length: 12 }, (_, user) => user));
  });

  it("never recommends what the history holds", () => {
    const pair = fc.tuple(fc.nat(9), fc.nat(9));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 12, maxLength: 60 }), (pairs) => {
        const mark = engine.memory.mark();
        const train = interactions(pairs, 10, 10);
        const top = rankHistories(engine, fit(train), train, 10);
        engine.memory.release(mark);
        for (let user = 0; user < 10; user++) {
          const seen = new Set(train.colIdx.subarray(train.rowPtr[user], train.rowPtr[user + 1]));
          const listed = [...top.items.subarray(user * 10, user * 10 + 10)].filter((item) => item >= 0);
          expect(listed.some((item) => seen.has(item))).toBe(false);
          expect(new Set(listed).size).toBe(listed.length);
        }
      }),
      { numRuns: process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 200 : 8 },
    );
  });

  it("folds a new user in as the known one with the same history", () => {
    const train = checkerboard(12);
    const model = fit(train);
    const known = rankHistories(engine, model, selectRows(train, [3]), 5);
    const folded = rankHistories(
      engine,
      model,
      interactions(
        [1, 5, 7, 9, 11].map((item) => [0, item]),
        1,
        12,
      ),
      5,
    );
    expect([...folded.items]).toEqual([...known.items]);
  });

  it("answers an empty history, and items nobody has, with finite scores", () => {
    const train = interactions(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 1],
        [2, 2],
      ],
      4,
      5,
    );
    const top = rankHistories(engine, fit(train), train, 5);
    expect([...top.scores].every(Number.isFinite)).toBe(true);
  });

  it("explains a score by its history where it can", () => {
    const train = checkerboard(12);
    const model = fit(train);
    if (model.explain === undefined) return;
    const history = [1, 5, 7, 9, 11];
    const scores =
      scoresOf(
        engine,
        model,
        interactions(
          history.map((item) => [0, item]),
          1,
          12,
        ),
      )[0] ?? [];
    const sum = model.explain(history, 3).reduce((total, share) => total + share, 0);
    expect(sum).toBeCloseTo(scores[3] ?? Number.NaN, 4);
  });

  it("gives the plain engine's lists too", () => {
    const train = checkerboard(12);
    const plain = createPlainEngine();
    const top = rankHistories(plain, fitModel(plain, train, config, createRng(1)), train, 1);
    expect([...top.items]).toEqual([...rankHistories(engine, fit(train), train, 1).items]);
  });
});

describe("sharpened EASE", () => {
  it("has the plain weights to the power, sign kept", () => {
    const train = checkerboard(12);
    const plain = fitEase(engine, train, { ridgeRatio: 0.5, userPower: 0, itemPower: 0 });
    const sharp = fitEase(engine, train, { ridgeRatio: 0.5, userPower: 0, itemPower: 0, weightPower: 2 });
    for (let item = 0; item < 12; item++) {
      const before = plain.explain?.([1, 4, 5], item) ?? [];
      sharp.explain?.([1, 4, 5], item).forEach((weight, at) => {
        const value = before[at] ?? Number.NaN;
        expect(weight).toBeCloseTo(Math.sign(value) * value * value, 5);
      });
    }
  });

  it("refuses a power out of range", () => {
    const params = { ridgeRatio: 1, userPower: 0, itemPower: 0, weightPower: 0 };
    expect(() => fitEase(engine, checkerboard(12), params)).toThrow("weightPower");
  });
});

describe("sparse EASE", () => {
  const params = { ridgeRatio: 0.5, userPower: 0.25, itemPower: 0.25, keep: 8, weightPower: 1.25 };

  it("is the same from the dense Gram matrix, from the interactions, and on the plain engine", () => {
    const train = checkerboard(12);
    const [reference, ...others] = [
      scoresOf(engine, fitSparseEase(engine, train, params), train),
      scoresOf(engine, fitSparseEase(engine, train, params, 0), train),
    ];
    const plain = createPlainEngine();
    others.push(scoresOf(plain, fitSparseEase(plain, train, params, 0), train));
    for (const scores of others) {
      scores.forEach((row, user) =>
        row.forEach((score, item) => expect(score).toBeCloseTo(reference[user]?.[item] ?? 0, 4)),
      );
    }
  });

  it(
    "is the same on systems of any size, fitted once more with what was found for the first",
    { timeout: 60_000 },
    () => {
      fc.assert(
        fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(1000), (items, seed) => {
          const rng = createRng(seed);
          const pairs = Array.from({ length: 300 }, () => [rng.nextInt(40), rng.nextInt(items)] as const);
          const train = interactions(pairs, 40, items);
          // All others are kept, so that a tie of two neighbours decides nothing.
          const all = { ...params, keep: items - 1 };
          const plain = createPlainEngine();
          const reference = scoresOf(plain, fitSparseEase(plain, train, all), train);
          for (const limit of [0, 100]) {
            const scores = scoresOf(engine, fitSparseEase(engine, train, all, limit), train);
            scores.forEach((row, user) =>
              row.forEach((score, item) => expect(score).toBeCloseTo(reference[user]?.[item] ?? Number.NaN, 3)),
            );
          }
        }),
        { numRuns: 10 },
      );
    },
  );

  it("is EASE when every item is regressed on all others", () => {
    const train = checkerboard(12);
    const dense = scoresOf(engine, fitEase(engine, train, params), train);
    const sparse = scoresOf(engine, fitSparseEase(engine, train, { ...params, keep: 11 }), train);
    // On a checkerboard an item's five companions and itself are all that it shares users with.
    expect(sparse[0]?.[0]).toBeCloseTo(dense[0]?.[0] ?? Number.NaN, 4);
  });
});

describe("a blend", () => {
  it("ranks by the weighted sum of standardised scores", () => {
    const train = checkerboard(12);
    const parts = METHODS.map(([, config]) => ({ model: fitModel(engine, train, config, createRng(1)), weight: 1 }));
    const top = rankHistories(engine, blendModels(engine, parts), train, 1);
    expect([...top.items]).toEqual(Array.from({ length: 12 }, (_, user) => user));
  });
});
