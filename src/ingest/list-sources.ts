import { listSourceNames, readSource } from "./declare/read-source.ts";

export interface SourceInfo {
  readonly source: string;
  readonly title: string;
  readonly datasets: readonly string[];
  /** Store that the source belongs to, where it is only one. */
  readonly storeId: string | null;
}

/** The source mappings: the bundled ones and those of the user's folder. */
export function listSources(sourcesDir?: string): SourceInfo[] {
  return listSourceNames(sourcesDir).map((name) => {
    const mapping = readSource(name, sourcesDir);
    return {
      source: mapping.source,
      title: mapping.title,
      datasets: Object.keys(mapping.datasets),
      storeId: mapping.store?.id ?? null,
    };
  });
}
