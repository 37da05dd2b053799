/** Unit separator: stands in no trimmed text of an export. */
const SEPARATOR = "chr(31)";

/** 128-bit hash of canonical values; NULL and empty are the same. `values` are SQL expressions of any type. */
export function contentHash(values: readonly string[]): string {
  const parts = values.map((value) => `coalesce(CAST(${value} AS VARCHAR), '')`);
  return `md5_number(concat_ws(${SEPARATOR}, ${parts.join(", ")}))`;
}
