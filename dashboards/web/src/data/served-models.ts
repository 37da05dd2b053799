import { requestJson } from "../api/request-json.ts";
import { useLoaded, type Loaded } from "../state/use-loaded.ts";

/** A model of the served release, with what it reached on the days held back and what the baseline did there. */
export interface ServedModel {
  readonly name: string;
  readonly published: boolean;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
}

/** Answer of GET /v1/releases, as far as the pages read it. */
interface ReleasesAnswer {
  readonly releases: readonly { readonly isServed: boolean; readonly models: readonly ServedModel[] }[];
}

/** The models of the release that is served. */
export function useServedModels(): Loaded<readonly ServedModel[]> {
  return useLoaded("served models", async () => {
    const { releases } = await requestJson<ReleasesAnswer>("/v1/releases?limit=20");
    return releases.find(({ isServed }) => isServed)?.models ?? [];
  });
}
