import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { binFeatures } from "./bin-features.ts";
import { type BoostingLoss, meanLoss, weightedQuantile } from "./boosting-loss.ts";
import { BOOSTING_DEFAULTS, type BoostingParams, fitBoosting } from "./fit-boosting.ts";
import { predictForest } from "./forest.ts";

const ONE_CUT: BoostingParams = {
  ...BOOSTING_DEFAULTS,
  rounds: 1,
  learningRate: 1,
  maxDepth: 1,
  lambda: 0,
  minChildWeight: 1,
};
const ones = (count: number): Float64Array => new Float64Array(count).fill(1);

function fitAndPredict(
  columns: readonly ArrayLike<number>[],
  target: Float64Array,
  params: BoostingParams,
  categorical: readonly number[] = [],
): Float64Array {
  const table = binFeatures(columns, 64, categorical);
  return predictForest(fitBoosting(table, target, ones(target.length), params, createRng(1)), table);
}

function makeFriedman(rows: number, seed: number): { columns: Float64Array[]; target: Float64Array } {
  const rng = createRng(seed);
  const columns = Array.from({ length: 6 }, () => Float64Array.from({ length: rows }, () => rng.next()));
  const target = Float64Array.from({ length: rows }, (_, row) => {
    const at = (feature: number): number => columns[feature][row];
    return 5 + 10 * Math.sin(Math.PI * at(0) * at(1)) + 20 * (at(2) - 0.5) ** 2 + 10 * at(3) + rng.next();
  });
  return { columns, target };
}

describe("binFeatures", () => {
  it("keeps few different values apart, missing ones in bin 0, with edges half way", () => {
    const { columns, bins } = binFeatures([[3, 1, Number.NaN, 1, 2]], 10);
    expect([...columns[0]]).toEqual([3, 1, 0, 1, 2]);
    expect([...bins[0].edges]).toEqual([1.5, 2.5]);
  });

  it("cuts many values into bins of the same size", () => {
    const { columns } = binFeatures([Float64Array.from({ length: 1000 }, (_, row) => (row * 7) % 1000)], 4);
    const counts = [1, 2, 3, 4].map((bin) => columns[0].filter((value) => value === bin).length);
    expect(counts).toEqual([250, 250, 250, 250]);
  });

  it("refuses columns of different length", () => {
    expect(() => binFeatures([[1], [1, 2]], 8)).toThrow("different lengths");
  });
});

describe("one cut, worked by hand", () => {
  it("squared loss: the means on both sides of the best cut", () => {
    // Means 5 and 11 after the cut between 2 and 3 leave the least squares.
    const predicted = fitAndPredict([[1, 2, 3, 4]], Float64Array.of(4, 6, 10, 12), ONE_CUT);
    [5, 5, 11, 11].forEach((value, row) => expect(predicted[row]).toBeCloseTo(value, 12));
  });

  it("the penalty shrinks the leaves towards the start", () => {
    // Mean 8; sums of residuals ∓6 over 2 + λ = 3 rows.
    const predicted = fitAndPredict([[1, 2, 3, 4]], Float64Array.of(4, 6, 10, 12), { ...ONE_CUT, lambda: 1 });
    [6, 6, 10, 10].forEach((value, row) => expect(predicted[row]).toBeCloseTo(value, 12));
  });

  it("Poisson loss: one Newton step of the logarithm", () => {
    // Mean 2, gradients 2 − y: left Σg = 2, Σh = 4, step −½; right +½.
    const params: BoostingParams = { ...ONE_CUT, loss: { name: "poisson" } };
    const predicted = fitAndPredict([[1, 1, 2, 2]], Float64Array.of(0, 2, 2, 4), params);
    expect(predicted[0]).toBeCloseTo(2 * Math.exp(-0.5), 12);
    expect(predicted[3]).toBeCloseTo(2 * Math.exp(0.5), 12);
  });

  it("quantile loss: the quantile of each leaf", () => {
    const params: BoostingParams = { ...ONE_CUT, loss: { name: "quantile", level: 0.75 } };
    const predicted = fitAndPredict([[1, 1, 1, 1, 2, 2, 2, 2]], Float64Array.of(1, 2, 3, 4, 11, 12, 13, 14), params);
    expect([predicted[0], predicted[7]]).toEqual([3, 13]);
  });

  it("missing values go to the side that fits them", () => {
    const predicted = fitAndPredict([[1, 2, Number.NaN, 4, Number.NaN]], Float64Array.of(1, 1, 9, 9, 9), ONE_CUT);
    [1, 1, 9, 9, 9].forEach((value, row) => expect(predicted[row]).toBeCloseTo(value, 12));
  });

  it("categories need no order", () => {
    const predicted = fitAndPredict([[0, 7, 3, 0, 7, 3]], Float64Array.of(1, 9, 1, 1, 9, 1), ONE_CUT, [0]);
    [1, 9, 1, 1, 9, 1].forEach((value, row) => expect(predicted[row]).toBeCloseTo(value, 12));
  });
});

describe("many rounds", () => {
  const losses: BoostingLoss[] = [
    { name: "squared" },
    { name: "poisson" },
    { name: "tweedie", power: 1.5 },
    { name: "quantile", level: 0.9 },
  ];
  it.each(losses)("the loss falls from round to round: $name", (loss) => {
    const { columns, target } = makeFriedman(800, 3);
    const lossAfter = (rounds: number): number => {
      const predicted = fitAndPredict(columns, target, { ...BOOSTING_DEFAULTS, loss, rounds, maxDepth: 4 });
      const isLog = loss.name === "poisson" || loss.name === "tweedie";
      return meanLoss(loss, target, ones(800), isLog ? predicted.map((value) => Math.log(value)) : predicted);
    };
    const [one, few, many] = [lossAfter(1), lossAfter(10), lossAfter(60)];
    expect(few).toBeLessThan(one);
    expect(many).toBeLessThan(few);
  });

  it("finds the surface on rows it has not seen", () => {
    const [train, test] = [makeFriedman(3000, 1), makeFriedman(500, 2)];
    const table = binFeatures(train.columns, 64);
    const forest = fitBoosting(table, train.target, ones(3000), BOOSTING_DEFAULTS, createRng(1));
    const joined = train.columns.map((column, feature) => Float64Array.of(...column, ...test.columns[feature]));
    const all = predictForest(forest, binFeatures(joined, 64));
    // Edges of the joined table differ a little from those of the forest; the error stays far below the deviation of 5.
    const squares = test.target.reduce((sum, value, row) => sum + (all[3000 + row] - value) ** 2, 0);
    expect(Math.sqrt(squares / 500)).toBeLessThan(1.2);
  });

  it("histograms by subtraction give the trees that whole sums give: no gain is left where target is constant in leaves", () => {
    const grid = Array.from({ length: 64 }, (_, row) => row);
    const columns = [0, 1, 2].map((bit) => grid.map((row) => (row >> bit) & 1));
    const target = Float64Array.from(
      grid,
      (row) => 100 * (row & 1) + 10 * ((row >> 1) & 1) * (row & 1) + ((row >> 2) & 1),
    );
    const params = { ...ONE_CUT, maxDepth: 3 };
    const predicted = fitAndPredict(columns, target, params);
    target.forEach((value, row) => expect(predicted[row]).toBeCloseTo(value, 9));
  });

  it("a monotone constraint holds everywhere", () => {
    const rng = createRng(5);
    const rows = 600;
    const columns = [0, 1].map(() => Float64Array.from({ length: rows }, () => rng.next()));
    const target = Float64Array.from(
      { length: rows },
      (_, row) => Math.sin(9 * columns[0][row]) + columns[1][row] + rng.next(),
    );
    for (const sign of [1, -1]) {
      const table = binFeatures(columns, 32);
      const forest = fitBoosting(
        table,
        target,
        ones(rows),
        { ...BOOSTING_DEFAULTS, monotone: [sign, 0] },
        createRng(1),
      );
      for (let other = 1; other <= 32; other += 5) {
        const sweep = {
          rowCount: 32,
          columns: [Uint8Array.from({ length: 32 }, (_, at) => at + 1), new Uint8Array(32).fill(other)],
        };
        const line = predictForest(forest, sweep);
        for (let at = 1; at < 32; at++) expect(sign * (line[at] - line[at - 1])).toBeGreaterThanOrEqual(-1e-12);
      }
    }
  });

  it("stops early where held-out rows gain no more, and keeps the best round", () => {
    const rng = createRng(9);
    const noise = (): Float64Array => Float64Array.from({ length: 300 }, () => rng.next());
    const [column, target, heldColumn, heldTarget] = [noise(), noise(), noise(), noise()];
    const forest = fitBoosting(binFeatures([column], 64), target, ones(300), BOOSTING_DEFAULTS, createRng(1), {
      table: binFeatures([heldColumn], 64),
      target: heldTarget,
      patience: 5,
    });
    expect(forest.roots.length).toBeLessThan(20);
  });

  it("the same seed gives the same trees, another seed others", () => {
    const { columns, target } = makeFriedman(400, 4);
    const table = binFeatures(columns, 64);
    const params = { ...BOOSTING_DEFAULTS, rounds: 10, rowShare: 0.5, featureShare: 0.5 };
    const fit = (seed: number) => fitBoosting(table, target, ones(400), params, createRng(seed));
    expect(fit(1)).toEqual(fit(1));
    expect(fit(2).value).not.toEqual(fit(1).value);
  });

  it("refuses negative counts and bad parameters by name", () => {
    const table = binFeatures([[1, 2]], 8);
    const fit =
      (params: Partial<BoostingParams>, target = Float64Array.of(1, -1)) =>
      (): unknown =>
        fitBoosting(table, target, ones(2), { ...BOOSTING_DEFAULTS, ...params }, createRng(1));
    expect(fit({ loss: { name: "poisson" } })).toThrow("target[1]");
    expect(fit({ learningRate: 0 })).toThrow("learningRate");
    expect(fit({}, Float64Array.of(1, Number.NaN))).toThrow("target[1]");
  });
});

describe("weightedQuantile", () => {
  it("is the value found by sorting and adding up weights", () => {
    const rng = createRng(8);
    for (let turn = 0; turn < 400; turn++) {
      const length = 1 + rng.nextInt(40);
      const values = Float64Array.from({ length }, () => rng.nextInt(turn % 2 === 0 ? 6 : 1000) - 3);
      const weight = Float64Array.from({ length }, () => rng.nextInt(4));
      const level = [0.1, 0.5, 0.9][turn % 3];
      const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
      const wanted = level * weight.reduce((sum, value) => sum + value, 0);
      let passed = 0;
      const found = order.find((at) => (passed += weight[at]) >= wanted) ?? order[length - 1];
      expect(weightedQuantile(values, weight, level)).toBe(values[found]);
    }
  });

  it("answers 0 where there is nothing", () => {
    expect(weightedQuantile(new Float64Array(0), new Float64Array(0), 0.5)).toBe(0);
  });
});
