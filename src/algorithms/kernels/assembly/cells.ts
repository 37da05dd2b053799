// AssemblyScript. Reads the 4-byte cells of arrays in memory.

// @ts-ignore: decorator
@inline
export function int(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
export function real(base: usize, index: i32): f32 {
  return load<f32>(base + (<usize>index << 2));
}
