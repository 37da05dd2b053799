import type { Rng } from "../../../core/rng.ts";
import { fitNetwork, type Network, NETWORK_DEFAULTS, type NetworkRows, predictNetwork } from "./fit-network.ts";
import { memberSetOf } from "./member-forecasts.ts";
import { countInputs, writeInputs } from "./network-inputs.ts";
import { combineRows, type OriginCase, type PoolShape, type TrainingCase } from "./origin-case.ts";

/** Networks that differ in their start and the order of the cases: their mean is better than any. */
const NETWORKS = 3;
const MAX_CASES = 12_000;
/** Distances from the base, in scales, are cut off here. */
const CLIP = 1.5;
/** Weight of an error in units of the scale of MASE beside one in units of the level, as sMAPE counts it. */
const MASE_SHARE = 0.2;

/** Plain data. */
export interface NetworkModel {
  readonly shape: PoolShape;
  readonly networks: readonly Network[];
}

/**
 * Fits small networks that learn the distance of the values from the base, all steps of an origin at once, with absolute loss. A seeded
 * sample of the cases bounds its cost: O(cases · weights).
 */
export function fitNetworks(cases: readonly TrainingCase[], shape: PoolShape, rng: Rng): NetworkModel {
  const { horizon } = shape;
  const { names } = memberSetOf(shape.kind);
  const share = Math.min(1, MAX_CASES / cases.length);
  const chosen = cases.filter(() => share === 1 || rng.next() < share);
  const width = countInputs(shape, names);
  const rows: NetworkRows = {
    count: chosen.length,
    inputs: new Float32Array(chosen.length * width),
    targets: new Float64Array(chosen.length * horizon).fill(Number.NaN),
    weight: Float64Array.from(chosen, ({ known }) => weighAbsoluteErrors(known)),
  };
  chosen.forEach(({ known, actual }, row) => {
    writeInputs(shape, names, known, rows.inputs, row * width);
    const base = combineRows(known.members, shape.baseWeights);
    actual.forEach((value, step) => {
      const distance = (value - base[step]) / known.scale;
      rows.targets[row * horizon + step] = Math.min(CLIP, Math.max(-CLIP, distance));
    });
  });
  const networks = Array.from({ length: NETWORKS }, () => fitNetwork(rows, width, horizon, NETWORK_DEFAULTS, rng));
  return { shape, networks };
}

/** Mean distance from the base over the networks, in scales: a value a step of each case, flat. O(cases · weights). */
export function predictNetworks({ networks, shape }: NetworkModel, cases: readonly OriginCase[]): Float64Array {
  const { names } = memberSetOf(shape.kind);
  const width = countInputs(shape, names);
  const inputs = new Float32Array(cases.length * width);
  cases.forEach((one, row) => writeInputs(shape, names, one, inputs, row * width));
  const sum = new Float64Array(cases.length * shape.horizon);
  for (const network of networks) {
    predictNetwork(network, inputs, cases.length).forEach((value, at) => (sum[at] += value / networks.length));
  }
  return sum;
}

/** Weight of the absolute errors of a case, so that they count as in sMAPE and MASE together. */
export function weighAbsoluteErrors({ scale, absoluteScale }: OriginCase): number {
  return 1 + MASE_SHARE * Math.min(20, scale / Math.max(absoluteScale, 0.01 * scale));
}
