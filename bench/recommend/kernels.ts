import { Matrix, inverse } from "ml-matrix";
import { allocateDense, viewDense } from "../../src/algorithms/kernels/dense-block.ts";
import { invertSpdInPlace } from "../../src/algorithms/kernels/invert-spd.ts";
import { fitImplicitAls } from "../../src/algorithms/recommendation/collaborative/fit-implicit-als.ts";
import { buildIncidence } from "../../src/algorithms/sparse/incidence.ts";
import { withUnitValues } from "../../src/algorithms/sparse/sparse-matrix.ts";
import { createRng } from "../../src/core/rng.ts";
import { openKernelEngine } from "../../src/models/kernels/open-kernel-engine.ts";

/** Wall and CPU seconds of one call. */
export interface Timing {
  readonly wallSec: number;
  readonly cpuSec: number;
}

/**
 * The kernels against their targets: the inverse that EASE needs at 1,000, 3,000 and 5,000 items (ml-matrix at 1,000 beside
 * it), and an epoch of implicit ALS with 64 factors on 800,000 interactions of 6,000 users and 3,000 items.
 */
export async function measureKernels(): Promise<Record<string, Timing>> {
  const engine = await openKernelEngine();
  const results: Record<string, Timing> = {};
  for (const size of [1000, 3000, 5000]) {
    const mark = engine.memory.mark();
    const matrix = allocateDense(engine, size, size);
    const cells = viewDense(engine, matrix);
    const rng = createRng(size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) {
        const value = i === j ? size : rng.next() - 0.5;
        cells[i * matrix.stride + j] = value;
        cells[j * matrix.stride + i] = value;
      }
    }
    const copy =
      size === 1000
        ? Array.from({ length: size }, (_, i) => [...cells.subarray(i * matrix.stride, i * matrix.stride + size)])
        : [];
    results[`inverse ${size}`] = time(() => invertSpdInPlace(engine, matrix));
    if (size === 1000) results["inverse 1000, ml-matrix"] = time(() => inverse(new Matrix(copy)));
    engine.memory.release(mark);
  }

  const rng = createRng(1);
  const draw = (bound: number) => Int32Array.from({ length: 850_000 }, () => Math.floor(bound * rng.next() ** 2));
  const train = withUnitValues(buildIncidence(draw(6000), draw(3000), 6000, 3000));
  const fit = (epochs: number) => (): void => {
    const mark = engine.memory.mark();
    const params = { dim: 64, unobservedMass: 300, regularisation: 0.01, epochs };
    fitImplicitAls(engine, train, params, createRng(1));
    engine.memory.release(mark);
  };
  const [one, eleven] = [time(fit(1)), time(fit(11))];
  results[`implicit ALS epoch, ${train.colIdx.length} pairs`] = {
    wallSec: round((eleven.wallSec - one.wallSec) / 10),
    cpuSec: round((eleven.cpuSec - one.cpuSec) / 10),
  };
  await engine.close();
  return results;
}

function time(work: () => unknown): Timing {
  const [startMs, startCpu] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(startCpu);
  return { wallSec: round((performance.now() - startMs) / 1e3), cpuSec: round((user + system) / 1e6) };
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
