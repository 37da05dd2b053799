import { describe, expect, it } from "vitest";
import { createRng } from "../../../core/rng.ts";
import { fitNetwork, NETWORK_DEFAULTS, type NetworkRows, predictNetwork } from "./fit-network.ts";

const WIDTH = 3;
const OUTPUTS = 2;
const PARAMS = {
  ...NETWORK_DEFAULTS,
  hidden: [24, 24] as const,
  epochs: 30,
  batch: 32,
  learningRate: 0.01,
  dropout: 0,
};

/** Outputs |a − b| and a · c, which no line can follow; every fourth first output is not known. */
function makeRows(count: number, seed: number, gaps = true): NetworkRows {
  const rng = createRng(seed);
  const inputs = Float32Array.from({ length: count * WIDTH }, () => 2 * rng.next() - 1);
  const targets = Float64Array.from({ length: count * OUTPUTS }, (_, at) => {
    const row = at >> 1;
    const [a, b, c] = inputs.subarray(row * WIDTH, (row + 1) * WIDTH);
    if (at % 2 === 1) return a * c;
    return gaps && row % 4 === 0 ? Number.NaN : Math.abs(a - b);
  });
  return { count, inputs, targets, weight: new Float64Array(count).fill(1) };
}

function meanError(answers: Float64Array, targets: Float64Array): number {
  return answers.reduce((sum, value, at) => sum + Math.abs(value - targets[at]), 0) / targets.length;
}

describe("fitNetwork", () => {
  it("learns what is not linear, from rows with gaps, and answers new rows", () => {
    const network = fitNetwork(makeRows(1500, 1), WIDTH, OUTPUTS, PARAMS, createRng(2));
    const fresh = makeRows(300, 9, false);
    const error = meanError(predictNetwork(network, fresh.inputs, fresh.count), fresh.targets);
    const ofZero = meanError(new Float64Array(fresh.targets.length), fresh.targets);
    expect(error).toBeLessThan(0.2 * ofZero);
  });

  it("goes to the median, not the mean, by weight", () => {
    const count = 400;
    const rows: NetworkRows = {
      count,
      inputs: new Float32Array(count),
      targets: Float64Array.from({ length: count }, (_, row) => (row % 4 === 0 ? 10 : row % 2 === 0 ? 0 : 1)),
      weight: Float64Array.from({ length: count }, (_, row) => (row % 2 === 0 ? 1 : 3)),
    };
    const network = fitNetwork(rows, 1, 1, PARAMS, createRng(4));
    expect(Math.abs(predictNetwork(network, rows.inputs, 1)[0] - 1)).toBeLessThan(0.1);
  });

  it("gives the same bytes for the same seed, with dropout, and stays finite on constant and wild inputs", () => {
    const rows = makeRows(200, 3);
    rows.inputs.forEach((_, at) => {
      if (at % WIDTH === 1) rows.inputs[at] = 5;
      if (at % WIDTH === 2 && at % 60 === 2) rows.inputs[at] = 1e30;
    });
    const fit = (): Float64Array =>
      predictNetwork(
        fitNetwork(rows, WIDTH, OUTPUTS, { ...PARAMS, dropout: 0.3, epochs: 3 }, createRng(6)),
        rows.inputs,
        rows.count,
      );
    const once = fit();
    expect(fit()).toEqual(once);
    expect(once.every(Number.isFinite)).toBe(true);
  });
});
