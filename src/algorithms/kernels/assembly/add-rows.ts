// AssemblyScript. Sums of scaled f32 rows; `bytes`, the length of a row, is a multiple of 16.

/** out += factor · row. */
export function addRow(factor: f32, row: usize, out: usize, bytes: usize): void {
  const scale = f32x4.splat(factor);
  for (let b: usize = 0; b < bytes; b += 16) {
    v128.store(out + b, f32x4.add(v128.load(out + b), f32x4.mul(scale, v128.load(row + b))));
  }
}

/** The same sums as four calls of `addRow`, one after the other, with `out` read and written once for all. */
// @ts-ignore: decorator
@inline
export function addFourRows(
  factor0: f32,
  factor1: f32,
  factor2: f32,
  factor3: f32,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  out: usize,
  bytes: usize,
): void {
  const scale0 = f32x4.splat(factor0);
  const scale1 = f32x4.splat(factor1);
  const scale2 = f32x4.splat(factor2);
  const scale3 = f32x4.splat(factor3);
  for (let b: usize = 0; b < bytes; b += 16) {
    let sum = v128.load(out + b);
    sum = f32x4.add(sum, f32x4.mul(scale0, v128.load(row0 + b)));
    sum = f32x4.add(sum, f32x4.mul(scale1, v128.load(row1 + b)));
    sum = f32x4.add(sum, f32x4.mul(scale2, v128.load(row2 + b)));
    sum = f32x4.add(sum, f32x4.mul(scale3, v128.load(row3 + b)));
    v128.store(out + b, sum);
  }
}
