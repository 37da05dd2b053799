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
  const pass = createPass(layers);
  const slopes = layers.map((layer) => new Float64Array(layer.outputs));
  const order = Int32Array.from({ length: count }, (_, row) => row);
  const total = epochs * Math.ceil(count / batch);
  let done = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, rng);
    for (let from = 0; from < count; from += batch) {
      const end = Math.min(count, from + batch);
      for (let at = from; at < end; at++) {
        const row = order[at];
        readInput(rows.inputs, row, mean, inverse, pass.values[0]);
        runLayers(layers, pass, dropout, rng);
        const [answer, slope] = [pass.values[3], slopes[2]];
        for (let output = 0; output < outputs; output++) {
          const error = answer[output] - targets[row * outputs + output];
          slope[output] = error > 0 ? weight[row] : error < 0 ? -weight[row] : 0;
        }
        for (let at = 2; at >= 0; at--) {
          addGradient(layers[at], pass, at, slopes[at], steps[at]);
          if (at > 0) sendBack(layers[at], slopes[at], pass, at, slopes[at - 1], dropout);
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
  const pass = createPass(layers);
  for (let row = 0; row < count; row++) {
    readInput(inputs, row, mean, inverse, pass.values[0]);
    runLayers(layers, pass);
    answers.set(pass.values[3], row * outputs);
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

/** One row on its way through the layers. */
interface Pass {
  /** The input, then what each layer answers. */
  readonly values: readonly Float64Array[];
  /** Of the input of each layer, the places that are not 0, and how many: of hidden units most are. */
  readonly used: readonly Int32Array[];
  readonly usedCounts: Int32Array;
  /** Units of the layer at hand that do not sit out. */
  readonly lit: Int32Array;
}

function createPass(layers: readonly Layer[]): Pass {
  const widths = [layers[0].inputs, ...layers.map(({ outputs }) => outputs)];
  return {
    values: widths.map((width) => new Float64Array(width)),
    used: layers.map(({ inputs }) => new Int32Array(inputs)),
    usedCounts: new Int32Array(layers.length),
    lit: new Int32Array(Math.max(...widths)),
  };
}

/** Values of all layers; the hidden ones rectified, and a share of them 0 while training, the others scaled up. */
function runLayers(layers: readonly Layer[], { values, used, usedCounts, lit }: Pass, dropout = 0, rng?: Rng): void {
  for (let at = 0; at < layers.length; at++) {
    const layer = layers[at];
    const [from, to] = [values[at], values[at + 1]];
    const isLast = at === layers.length - 1;
    const own = used[at];
    let usedCount = 0;
    for (let i = 0; i < layer.inputs; i++) if (from[i] !== 0) own[usedCount++] = i;
    usedCounts[at] = usedCount;
    let litCount = 0;
    for (let output = 0; output < layer.outputs; output++) {
      if (!isLast && rng !== undefined && rng.next() < dropout) to[output] = 0;
      else lit[litCount++] = output;
    }
    sumUnits(layer, from, own, usedCount, lit, litCount, to);
    if (isLast) continue;
    const factor = rng === undefined ? 1 : 1 - dropout;
    for (let unit = 0; unit < litCount; unit++) {
      const sum = to[lit[unit]];
      to[lit[unit]] = sum > 0 ? sum / factor : 0;
    }
  }
}

/** Bias and weighted inputs of the units listed. Four at a time: their sums do not wait for each other. */
function sumUnits(
  { inputs, weights, biases }: Layer,
  from: Float64Array,
  used: Int32Array,
  usedCount: number,
  lit: Int32Array,
  litCount: number,
  to: Float64Array,
): void {
  let unit = 0;
  for (; unit + 3 < litCount; unit += 4) {
    const a = lit[unit];
    const b = lit[unit + 1];
    const c = lit[unit + 2];
    const d = lit[unit + 3];
    let sumA = biases[a];
    let sumB = biases[b];
    let sumC = biases[c];
    let sumD = biases[d];
    for (let k = 0; k < usedCount; k++) {
      const i = used[k];
      const value = from[i];
      sumA += weights[a * inputs + i] * value;
      sumB += weights[b * inputs + i] * value;
      sumC += weights[c * inputs + i] * value;
      sumD += weights[d * inputs + i] * value;
    }
    to[a] = sumA;
    to[b] = sumB;
    to[c] = sumC;
    to[d] = sumD;
  }
  for (; unit < litCount; unit++) {
    const output = lit[unit];
    let sum = biases[output];
    for (let k = 0; k < usedCount; k++) sum += weights[output * inputs + used[k]] * from[used[k]];
    to[output] = sum;
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

function addGradient(
  { inputs, outputs }: Layer,
  { values, used, usedCounts }: Pass,
  at: number,
  slope: Float64Array,
  { gradient }: Step,
): void {
  const from = values[at];
  const own = used[at];
  const count = usedCounts[at];
  for (let output = 0; output < outputs; output++) {
    const by = slope[output];
    if (by === 0) continue;
    const start = output * inputs;
    for (let k = 0; k < count; k++) gradient[start + own[k]] += by * from[own[k]];
    gradient[inputs * outputs + output] += by;
  }
}

/** Slopes of the layer before: 0 for its units that sat out or were not above 0. */
function sendBack(
  { inputs, outputs, weights }: Layer,
  slope: Float64Array,
  { used, usedCounts }: Pass,
  at: number,
  slopeBefore: Float64Array,
  dropout: number,
): void {
  const own = used[at];
  const count = usedCounts[at];
  slopeBefore.fill(0);
  for (let output = 0; output < outputs; output++) {
    const by = slope[output] / (1 - dropout);
    if (by === 0) continue;
    const start = output * inputs;
    for (let k = 0; k < count; k++) slopeBefore[own[k]] += by * weights[start + own[k]];
  }
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
