import { askInBlocks } from "./ask-in-blocks.ts";
import { fetchJson, readTable } from "./fetch-json.ts";
import type { MatrixProvider, Point } from "./matrix-provider.ts";

/** OSRM's table service: `GET /table/v1/{profile}/{lon,lat;…}`. Source: OSRM's HTTP API, version 5. */
export function createOsrmProvider(baseUrl: string): MatrixProvider {
  return {
    name: "osrm",
    measure: (profile, points) =>
      askInBlocks(points, async (sources, targets) => {
        const answer = await fetchJson(tableUrl(baseUrl, profile, sources, targets));
        return {
          durations: readTable(answer["durations"], "durations"),
          distances: readTable(answer["distances"], "distances"),
        };
      }),
  };
}

function tableUrl(baseUrl: string, profile: string, sources: readonly Point[], targets: readonly Point[]): string {
  const places = [...sources, ...targets].map((point) => point.join(",")).join(";");
  const indices = (from: number, count: number): string =>
    Array.from({ length: count }, (_, at) => from + at).join(";");
  const query = `sources=${indices(0, sources.length)}&destinations=${indices(sources.length, targets.length)}`;
  return `${baseUrl}/table/v1/${encodeURIComponent(profile)}/${places}?${query}&annotations=duration,distance`;
}
