import { offerToHeap, sortHeap } from "./bounded-heap.ts";
import type { KernelFunctions } from "./kernel-functions.ts";
import type { ByteStore } from "./kernel-memory.ts";

/** A score below this one is never listed. */
const BAR = -1e38;

/**
 * The kernels of assembly/*.ts on plain typed arrays, with the same arguments and chunk sizes; see there for what each
 * computes. They accumulate in f64 where the SIMD ones use f32, so the answers agree to f32 rounding.
 */
export function createPlainKernels(store: ByteStore): KernelFunctions {
  const floatsAt = (address: number): Float32Array => new Float32Array(store.buffer, address >>> 0);
  const intsAt = (address: number): Int32Array => new Int32Array(store.buffer, address >>> 0);

  return {
    packChunk(chunk, _thread, source, depthStride, columnStride, packed, depth, columns) {
      const from = floatsAt(source);
      const to = floatsAt(packed);
      for (let j = chunk * 32; j < Math.min(columns, chunk * 32 + 32); j++) {
        const base = (j >> 3) * depth * 8 + (j & 7);
        for (let k = 0; k < depth; k++) to[base + k * 8] = from[k * depthStride + j * columnStride];
      }
    },

    multiplyChunk(chunk, _thread, a, aStride, packed, packedDepth, c, cStride, rows, columns, from, to, sign, lower) {
      const left = floatsAt(a);
      const right = floatsAt(packed);
      const out = floatsAt(c);
      for (let i = chunk * 32; i < Math.min(rows, chunk * 32 + 32); i++) {
        // Whole tiles of 4 rows, so that both kernels leave the same cells untouched.
        const columnEnd = lower === 0 ? columns : Math.min(columns, (i >> 2) * 4 + 3 - (((i >> 2) * 4 + 3) % 8) + 8);
        for (let j = 0; j < columnEnd; j++) {
          const base = (j >> 3) * packedDepth * 8 + (j & 7);
          let sum = 0;
          for (let k = from; k < to; k++) sum += left[i * aStride + k] * right[base + k * 8];
          out[i * cStride + j] += sign * sum;
        }
      }
    },

    gatherPanelChunk(chunk, _thread, a, size, pivot, panel) {
      const matrix = floatsAt(a);
      const to = floatsAt(panel);
      const start = pivot * 64;
      for (let i = chunk * 32; i < chunk * 32 + 32; i++) {
        for (let k = 0; k < 64; k++) {
          to[i * 64 + k] =
            i >= start + 64 ? matrix[i * size + start + k] : i >= start ? 0 : matrix[(start + k) * size + i];
        }
      }
    },

    scatterPanelChunk(chunk, _thread, a, size, pivot, panel) {
      const matrix = floatsAt(a);
      const from = floatsAt(panel);
      const start = pivot * 64;
      for (let i = chunk * 32; i < chunk * 32 + 32; i++) {
        for (let k = 0; k < 64; k++) {
          if (i >= start + 64) matrix[i * size + start + k] = from[i * 64 + k];
          else if (i < start) matrix[(start + k) * size + i] = from[i * 64 + k];
        }
      }
    },

    mirrorChunk(chunk, _thread, a, size, factor) {
      const matrix = floatsAt(a);
      for (let i = chunk * 32; i < Math.min(size, chunk * 32 + 32); i++) {
        for (let j = 0; j <= i; j++) {
          const value = matrix[i * size + j] * factor;
          matrix[i * size + j] = value;
          matrix[j * size + i] = value;
        }
      }
    },

    gramChunk(chunk, _thread, itemPtr, itemUsers, itemValues, userPtr, userItems, userValues, gram, stride, items) {
      const [ptr, users, values] = [intsAt(itemPtr), intsAt(itemUsers), floatsAt(itemValues)];
      const [rowPtr, columns, rowValues] = [intsAt(userPtr), intsAt(userItems), floatsAt(userValues)];
      const out = floatsAt(gram);
      for (let i = chunk * 16; i < Math.min(items, chunk * 16 + 16); i++) {
        out.fill(0, i * stride, i * stride + i + 1);
        for (let at = ptr[i]; at < ptr[i + 1]; at++) {
          const user = users[at];
          for (let p = rowPtr[user]; p < rowPtr[user + 1] && columns[p] <= i; p++) {
            out[i * stride + columns[p]] += values[at] * rowValues[p];
          }
        }
      }
    },

    sparseTimesDenseChunk(
      chunk,
      _thread,
      rowPtr,
      colIdx,
      values,
      firstRow,
      rows,
      dense,
      denseStride,
      width,
      out,
      outStride,
    ) {
      const [ptr, idx, weights] = [intsAt(rowPtr), intsAt(colIdx), floatsAt(values)];
      const from = floatsAt(dense);
      const to = floatsAt(out);
      for (let r = chunk * 8; r < Math.min(rows, chunk * 8 + 8); r++) {
        for (let at = ptr[firstRow + r]; at < ptr[firstRow + r + 1]; at++) {
          const base = idx[at] * denseStride;
          for (let j = 0; j < width; j++) to[r * outStride + j] += weights[at] * from[base + j];
        }
      }
    },

    sparseTimesSparseChunk(
      chunk,
      _thread,
      rowPtr,
      colIdx,
      values,
      firstRow,
      rows,
      rightPtr,
      rightIdx,
      rightValues,
      out,
      outStride,
    ) {
      const [ptr, idx, weights] = [intsAt(rowPtr), intsAt(colIdx), floatsAt(values)];
      const [nextPtr, nextIdx, nextValues] = [intsAt(rightPtr), intsAt(rightIdx), floatsAt(rightValues)];
      const to = floatsAt(out);
      for (let r = chunk * 8; r < Math.min(rows, chunk * 8 + 8); r++) {
        for (let at = ptr[firstRow + r]; at < ptr[firstRow + r + 1]; at++) {
          for (let p = nextPtr[idx[at]]; p < nextPtr[idx[at] + 1]; p++) {
            to[r * outStride + nextIdx[p]] += weights[at] * nextValues[p];
          }
        }
      }
    },

    neighboursChunk(
      chunk,
      thread,
      leftPtr,
      leftIdx,
      leftValues,
      rightPtr,
      rightIdx,
      rightValues,
      rowScale,
      colScale,
      shrink,
      rows,
      columns,
      keep,
      scratch,
      outIdx,
      outValues,
      lengths,
    ) {
      const [ptr, users, values] = [intsAt(leftPtr), intsAt(leftIdx), floatsAt(leftValues)];
      const [rowPtr, items, rowValues] = [intsAt(rightPtr), intsAt(rightIdx), floatsAt(rightValues)];
      const [rowFactor, colFactor] = [floatsAt(rowScale), floatsAt(colScale)];
      const sums = floatsAt(scratch + thread * columns * 12);
      const counts = intsAt(scratch + thread * columns * 12 + columns * 4);
      const [toIdx, toValues, sizes] = [intsAt(outIdx), floatsAt(outValues), intsAt(lengths)];
      for (let i = chunk * 16; i < Math.min(rows, chunk * 16 + 16); i++) {
        const touched: number[] = [];
        for (let at = ptr[i]; at < ptr[i + 1]; at++) {
          const user = users[at];
          for (let p = rowPtr[user]; p < rowPtr[user + 1]; p++) {
            const j = items[p];
            if (counts[j]++ === 0) touched.push(j);
            sums[j] += values[at] * rowValues[p];
          }
        }
        const heap = {
          items: toIdx.subarray(i * keep, i * keep + keep),
          scores: toValues.subarray(i * keep, i * keep + keep),
        };
        let kept = 0;
        for (const j of touched) {
          const score = Math.fround((rowFactor[i] * colFactor[j] * sums[j] * counts[j]) / (counts[j] + shrink));
          sums[j] = 0;
          counts[j] = 0;
          if (j !== i && score > 0) kept = offerToHeap(heap, kept, j, score);
        }
        sortHeap(heap, kept);
        sizes[i] = kept;
      }
    },

    topChunk(
      chunk,
      _thread,
      scores,
      stride,
      columns,
      rows,
      seenPtr,
      seenIdx,
      firstRow,
      penalties,
      keep,
      outIdx,
      outScores,
    ) {
      const all = floatsAt(scores);
      const penalty = penalties === 0 ? undefined : floatsAt(penalties);
      const [ptr, seen] = [intsAt(seenPtr), intsAt(seenIdx)];
      const [toIdx, toScores] = [intsAt(outIdx), floatsAt(outScores)];
      for (let r = chunk * 4; r < Math.min(rows, chunk * 4 + 4); r++) {
        const row = all.subarray(r * stride, r * stride + columns);
        const heap = {
          items: toIdx.subarray(r * keep, r * keep + keep),
          scores: toScores.subarray(r * keep, r * keep + keep),
        };
        let [kept, bar, at] = [0, BAR, ptr[firstRow + r]];
        for (let j = 0; j < columns; j++) {
          if (at < ptr[firstRow + r + 1] && seen[at] === j) {
            at++;
            continue;
          }
          const score = row[j] + (penalty?.[j] ?? 0);
          if (!(score > bar)) continue;
          kept = offerToHeap(heap, kept, j, score);
          if (kept === keep) bar = heap.scores[0];
        }
        sortHeap(heap, kept);
        heap.items.fill(-1, kept);
        heap.scores.fill(0, kept);
      }
    },

    standardiseChunk(chunk, _thread, x, stride, columns, rows, offsets, clears, weight, adds, out) {
      const [all, to] = [floatsAt(x), floatsAt(out)];
      const shift = offsets === 0 ? new Float32Array(columns) : floatsAt(offsets);
      for (let r = chunk * 4; r < Math.min(rows, chunk * 4 + 4); r++) {
        const row = all.subarray(r * stride, r * stride + columns);
        const moved = row.map((value, j) => value + shift[j]);
        const [sum, squares] = [moved.reduce((a, b) => a + b, 0), moved.reduce((a, b) => a + b * b, 0)];
        const mean = sum / columns;
        const variance = squares / columns - mean * mean;
        const factor = variance > 1e-30 ? weight / Math.sqrt(variance) : 0;
        for (let j = 0; j < columns; j++) {
          const at = r * stride + j;
          to[at] = (adds === 0 ? 0 : to[at]) + factor * (moved[j] - mean);
        }
        if (clears !== 0) row.fill(0);
      }
    },

    loudestChunk(chunk, _thread, ...args) {
      const [historyPtr, historyIdx, historyValues, firstRow, rows, nearPtr, nearIdx, nearScores, nearSupport] = args;
      const [items, lists, keep, , because, outSupport] = args.slice(9);
      const [ptr, known, weights] = [intsAt(historyPtr), intsAt(historyIdx), floatsAt(historyValues)];
      const [near, idx, scores, support] = [
        intsAt(nearPtr),
        intsAt(nearIdx),
        floatsAt(nearScores),
        intsAt(nearSupport),
      ];
      const [listed, speaker, evidence] = [intsAt(lists), intsAt(because), intsAt(outSupport)];
      // The scratch stays unused: these arrays are made anew for each chunk.
      const placeOf = new Int32Array(items).fill(-1);
      const loudness = new Float64Array(keep);
      for (let r = chunk * 32; r < Math.min(rows, chunk * 32 + 32); r++) {
        const first = r * keep;
        let length = 0;
        for (; length < keep && listed[first + length] >= 0; length++) placeOf[listed[first + length]] = length;
        loudness.fill(0);
        speaker.fill(-1, first, first + keep);
        evidence.fill(0, first, first + keep);
        for (let h = ptr[firstRow + r]; h < ptr[firstRow + r + 1]; h++) {
          for (let at = near[known[h]]; at < near[known[h] + 1]; at++) {
            const place = placeOf[idx[at]];
            const part = weights[h] * scores[at];
            // A looked-at item may stand in the list itself; it does not speak for itself.
            if (place < 0 || part <= loudness[place] || idx[at] === known[h]) continue;
            loudness[place] = part;
            speaker[first + place] = known[h];
            evidence[first + place] = support[at];
          }
        }
        for (let place = 0; place < length; place++) placeOf[listed[first + place]] = -1;
      }
    },

    solveFactorsChunk(
      chunk,
      _thread,
      rowPtr,
      colIdx,
      values,
      rows,
      other,
      dim,
      gram,
      ridges,
      steps,
      x,
      // Conjugate gradients run on f64 arrays of their own here, so the scratch stays unused.
      _scratch,
    ) {
      const [ptr, idx, weights] = [intsAt(rowPtr), intsAt(colIdx), floatsAt(values)];
      const [factors, square, ridge, out] = [floatsAt(other), floatsAt(gram), floatsAt(ridges), floatsAt(x)];
      const residual = new Float64Array(dim);
      const direction = new Float64Array(dim);
      const image = new Float64Array(dim);
      for (let r = chunk * 16; r < Math.min(rows, chunk * 16 + 16); r++) {
        const row = out.subarray(r * dim, r * dim + dim);
        if (ptr[r] === ptr[r + 1]) {
          row.fill(0);
          continue;
        }
        const apply = (p: Float32Array | Float64Array): void => {
          for (let i = 0; i < dim; i++) image[i] = ridge[r] * p[i];
          for (let i = 0; i < dim; i++) for (let j = 0; j < dim; j++) image[j] += p[i] * square[i * dim + j];
          for (let at = ptr[r]; at < ptr[r + 1]; at++) {
            const base = idx[at] * dim;
            let product = 0;
            for (let i = 0; i < dim; i++) product += factors[base + i] * p[i];
            for (let i = 0; i < dim; i++) image[i] += weights[at] * product * factors[base + i];
          }
        };
        apply(row);
        for (let i = 0; i < dim; i++) residual[i] = -image[i];
        for (let at = ptr[r]; at < ptr[r + 1]; at++) {
          for (let i = 0; i < dim; i++) residual[i] += weights[at] * factors[idx[at] * dim + i];
        }
        direction.set(residual);
        let norm = dot(residual, residual);
        for (let step = 0; step < steps && norm > 1e-20; step++) {
          apply(direction);
          const length = norm / dot(direction, image);
          for (let i = 0; i < dim; i++) {
            row[i] += length * direction[i];
            residual[i] -= length * image[i];
          }
          const next = dot(residual, residual);
          for (let i = 0; i < dim; i++) direction[i] = residual[i] + (next / norm) * direction[i];
          norm = next;
        }
      }
    },

    regressChunk(
      chunk,
      _thread,
      nearPtr,
      nearIdx,
      nearValues,
      itemPtr,
      itemUsers,
      itemValues,
      ridge,
      columns,
      userCount,
      _limit,
      gram,
      gramStride,
      _scratch,
    ) {
      const [ptr, idx, out] = [intsAt(nearPtr), intsAt(nearIdx), floatsAt(nearValues)];
      const [columnPtr, users, values] = [intsAt(itemPtr), intsAt(itemUsers), floatsAt(itemValues)];
      for (let j = chunk * 16; j < Math.min(columns, chunk * 16 + 16); j++) {
        const near = idx.subarray(ptr[j], ptr[j + 1]);
        const n = near.length;
        const system = new Float64Array((n + 1) * n);
        const products = gram === 0 ? undefined : floatsAt(gram);
        const column = new Float64Array(userCount);
        for (let p = 0; p <= n; p++) {
          const item = p < n ? near[p] : j;
          column.fill(0);
          for (let at = columnPtr[item]; at < columnPtr[item + 1]; at++) column[users[at]] = values[at];
          for (let q = 0; q < n; q++) {
            if (products !== undefined) {
              system[p * n + q] = products[item * gramStride + near[q]];
              continue;
            }
            for (let at = columnPtr[near[q]]; at < columnPtr[near[q] + 1]; at++) {
              system[p * n + q] += column[users[at]] * values[at];
            }
          }
        }
        for (let p = 0; p < n; p++) system[p * n + p] += ridge;
        out.set(solveByCholesky(system.subarray(0, n * n), system.subarray(n * n), n), ptr[j]);
      }
    },
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Solves A·x = b for a symmetric positive definite A (lower triangle read, overwritten by its factor); returns b as x. */
function solveByCholesky(a: Float64Array, b: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= a[i * n + k] * b[k];
    b[i] /= a[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[k * n + i] * b[k];
    b[i] /= a[i * n + i];
  }
  return b;
}
