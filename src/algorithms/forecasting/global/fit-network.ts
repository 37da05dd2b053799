import { type Rng, shuffle } from "../../../core/rng.ts";

export interface NetworkParams {
  /** Units of the two hidden layers. */
  readonly hidden: readonly [number, number];
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  /** Share of the hidden units that sit out a row. */
  readonly dropout: number;
  /** Share of the learning rate by which weights shrink at each step. */
  readonly decay: number;
}

export const NETWORK_DEFAULTS: NetworkParams = {
  hidden: [64, 64],
  epochs: 8,
  batch: 128,
  learningRate: 0.002,
  dropout: 0.3,
  decay: 0.001,
};

/** A fully connected layer: a row of `inputs` weights and a bias an output. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

/** A fitted network, plain data. */
export interface Network {
  /** What inputs are standardised by; the inverse deviation is 0 for a constant input. */
  readonly mean: Float64Array;
  readonly inverse: Float64Array;
  readonly layers: readonly Layer[];
}

/** Rows of a training set, row by row in flat arrays. */
export interface NetworkRows {
  readonly count: number;
  readonly inputs: Float32Array;
  /** What each output should be; NaN where it is not known. */
  readonly targets: Float64Array;
  /** Weight of a row's errors. */
  readonly weight: Float64Array;
}

/** Standardised inputs are cut off at this many deviations. */
const MAX_DEVIATIONS = 4;
/** The last layer starts near 0: the first forecast is that nothing is known. */
const LAST_START = 0.1;
/** Decay of the running moments of Adam. */
const MOMENTS = [0.9, 0.999] as const;
const TINY = 1e-8;

/**
 * Fits a network of two hidden layers of rectified units with the least weighted absolute error over all known outputs, so that one row teaches all
 * steps ahead at once. Dropout and few epochs keep it from learning the rows by heart.
 * Inputs: whole numbers of rows in flat arrays, finite inputs. Time O(epochs · rows · weights), memory O(weights).
 * Source: Kingma and Ba (2015), Adam, with a cosine schedule and decoupled decay; Srivastava et al. (2014), dropout.
 */
export function fitNetwork(
  rows: NetworkRows,
  width: number,
  outputs: number,
  params: NetworkParams,
  rng: Rng,
): Network {
  const { hidden, epochs, batch, dropout, decay } = params;
  const { count, targets, weight } = rows;
  const { mean, inverse } = measureInputs(rows, width);
  const layers = [
    createLayer(width, hidden[0], 1, rng),
    createLayer(hidden[0], hidden[1], 1, rng),
    createLayer(hidden[1], outputs, LAST_START, rng),
  ];
  const steps = layers.map(createStep);
  const values = layers.map((layer) => new Float64Array(layer.outputs));
  const slopes = layers.map((layer) => new Float64Array(layer.outputs));
  const input = new Float64Array(width);
  const order = Int32Array.from({ length: count }, (_, row) => row);
  const total = epochs * Math.ceil(count / batch);
  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, rng);
    for (let from = 0; from < count; from += batch) {
      const end = Math.min(count, from + batch);
      for (let at = from; at < end; at++) {
        const row = order[at];
        readInput(rows.inputs, row, mean, inverse, input);
        runLayers(layers, input, values, dropout, rng);
        const [answer, slope] = [values[2], slopes[2]];
        for (let output = 0; output < outputs; output++) {
          const error = answer[output] - targets[row * outputs + output];
          slope[output] = error > 0 ? weight[row] : error < 0 ? -weight[row] : 0;
        }
        for (let at = 2; at >= 0; at--) {
          addGradient(layers[at], at > 0 ? values[at - 1] : input, slopes[at], steps[at]);
          if (at > 0) sendBack(layers[at], slopes[at], values[at - 1], slopes[at - 1], dropout);
        }
      }
      done++;
      const rate = params.learningRate * 0.5 * (1 + Math.cos((Math.PI * done) / total));
      layers.forEach((layer, at) => moveLayer(layer, steps[at], end - from, rate, decay, done));
    }
  }
  return { mean, inverse, layers };
}

/** Outputs of each row, flat. O(rows · weights). */
export function predictNetwork({ mean, inverse, layers }: Network, inputs: Float32Array, count: number): Float64Array {
  const outputs = layers[2].outputs;
  const answers = new Float64Array(count * outputs);
  const values = layers.map((layer) => new Float64Array(layer.outputs));
  const input = new Float64Array(mean.length);
  for (let row = 0; row < count; row++) {
    readInput(inputs, row, mean, inverse, input);
    runLayers(layers, input, values);
    answers.set(values[2], row * outputs);
  }
  return answers;
}

function measureInputs({ count, inputs }: NetworkRows, width: number): Pick<Network, "mean" | "inverse"> {
  const mean = new Float64Array(width);
  const inverse = new Float64Array(width);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) mean[i] += inputs[row * width + i] / count;
  }
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) inverse[i] += (inputs[row * width + i] - mean[i]) ** 2 / count;
  }
  return { mean, inverse: inverse.map((variance) => (variance > 1e-8 ? 1 / Math.sqrt(variance) : 0)) };
}

function readInput(
  inputs: Float32Array,
  row: number,
  mean: Float64Array,
  inverse: Float64Array,
  input: Float64Array,
): void {
  for (let i = 0; i < input.length; i++) {
    const value = (inputs[row * input.length + i] - mean[i]) * inverse[i];
    input[i] = value > MAX_DEVIATIONS ? MAX_DEVIATIONS : value < -MAX_DEVIATIONS ? -MAX_DEVIATIONS : value;
  }
}

/** Values of all layers; the hidden ones rectified, and a share of them 0 while training, the others scaled up. */
function runLayers(
  layers: readonly Layer[],
  input: Float64Array,
  values: readonly Float64Array[],
  dropout = 0,
  rng?: Rng,
): void {
  let from = input;
  for (let at = 0; at < layers.length; at++) {
    const { inputs, outputs, weights, biases } = layers[at];
    const to = values[at];
    const isLast = at === layers.length - 1;
    for (let output = 0; output < outputs; output++) {
      if (!isLast && rng !== undefined && rng.next() < dropout) {
        to[output] = 0;
        continue;
      }
      let sum = biases[output];
      const start = output * inputs;
      for (let i = 0; i < inputs; i++) sum += weights[start + i] * from[i];
      to[output] = isLast ? sum : sum > 0 ? (rng === undefined ? sum : sum / (1 - dropout)) : 0;
    }
    from = to;
  }
}

function createLayer(inputs: number, outputs: number, factor: number, rng: Rng): Layer {
  const limit = factor * Math.sqrt(6 / inputs);
  const weights = Float64Array.from({ length: inputs * outputs }, () => limit * (2 * rng.next() - 1));
  return { inputs, outputs, weights, biases: new Float64Array(outputs) };
}

/** Gradient and moments of a layer's weights, the biases at the end. */
interface Step {
  readonly gradient: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function createStep({ weights, biases }: Layer): Step {
  const size = weights.length + biases.length;
  return { gradient: new Float64Array(size), first: new Float64Array(size), second: new Float64Array(size) };
}

function addGradient({ inputs, outputs }: Layer, from: Float64Array, slope: Float64Array, { gradient }: Step): void {
  for (let output = 0; output < outputs; output++) {
    const by = slope[output];
    if (by === 0) continue;
    const start = output * inputs;
    for (let i = 0; i < inputs; i++) gradient[start + i] += by * from[i];
    gradient[inputs * outputs + output] += by;
  }
}

/** Slopes of the layer before: 0 for its units that sat out or were not above 0. */
function sendBack(
  { inputs, outputs, weights }: Layer,
  slope: Float64Array,
  before: Float64Array,
  slopeBefore: Float64Array,
  dropout: number,
): void {
  slopeBefore.fill(0);
  for (let output = 0; output < outputs; output++) {
    const by = slope[output] / (1 - dropout);
    if (by === 0) continue;
    const start = output * inputs;
    for (let i = 0; i < inputs; i++) slopeBefore[i] += by * weights[start + i];
  }
  for (let i = 0; i < inputs; i++) if (before[i] === 0) slopeBefore[i] = 0;
}

/** One step of Adam with the mean gradient of `count` rows, which is then forgotten. */
function moveLayer(
  { weights, biases }: Layer,
  { gradient, first, second }: Step,
  count: number,
  rate: number,
  decay: number,
  time: number,
): void {
  const [keepFirst, keepSecond] = MOMENTS;
  const [wholeFirst, wholeSecond] = [1 - keepFirst ** time, 1 - keepSecond ** time];
  for (let i = 0; i < gradient.length; i++) {
    const slope = gradient[i] / count;
    gradient[i] = 0;
    first[i] += (1 - keepFirst) * (slope - first[i]);
    second[i] += (1 - keepSecond) * (slope * slope - second[i]);
    const step = (rate * (first[i] / wholeFirst)) / (Math.sqrt(second[i] / wholeSecond) + TINY);
    if (i < weights.length) weights[i] -= step + rate * decay * weights[i];
    else biases[i - weights.length] -= step;
  }
}
