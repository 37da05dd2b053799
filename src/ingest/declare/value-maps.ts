import { readFileSync } from "node:fs";
import { parse } from "yaml";

function readMap(name: string): unknown {
  return parse(readFileSync(new URL(`../maps/${name}.yaml`, import.meta.url), "utf8"), { version: "1.2" });
}

/** Country label in lower case → ISO 3166-1 alpha-2 (or XC, EU, XW, ZZ); every code stands for itself too. */
export function readCountryLabels(): ReadonlyMap<string, string> {
  // The file is ours and covered by a test: code → labels.
  const countries = readMap("countries") as Record<string, readonly string[]>;
  const labels = new Map<string, string>();
  for (const [code, names] of Object.entries(countries)) {
    for (const label of [code, ...names]) labels.set(label.toLowerCase(), code);
  }
  return labels;
}

/** ISO 4217 codes, past ones included. */
export function readCurrencyCodes(): readonly string[] {
  return readMap("currencies") as readonly string[];
}
