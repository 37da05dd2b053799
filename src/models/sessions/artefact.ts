import type { SessionKnnParams } from "../../algorithms/recommendation/session/fit-session-knn.ts";
import { decodeArrow, encodeArrow } from "../../warehouse/arrow-table.ts";

/** The sessions themselves are a table of the release; how they are read is all that is fitted. */
export const SESSION_ARTEFACT = "session-knn-parameters.arrow";

/** One row, a column a parameter. */
export function encodeSessionParams(params: SessionKnnParams): Uint8Array {
  return encodeArrow(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Float64Array.of(value)])));
}

export function decodeSessionParams(bytes: Uint8Array): SessionKnnParams {
  const table = decodeArrow(bytes);
  return toParams((name) => table.float64(name)[0] as number);
}

/** Parameters as a model card holds them; undefined where one is missing. */
export function readSessionParams(parameters: Readonly<Record<string, unknown>>): SessionKnnParams | undefined {
  const params = toParams((name) => parameters[name] as number);
  return Object.values(params).every((value) => typeof value === "number") ? params : undefined;
}

function toParams(valueOf: (name: keyof SessionKnnParams) => number): SessionKnnParams {
  return {
    neighbours: valueOf("neighbours"),
    recentPerItem: valueOf("recentPerItem"),
    decay: valueOf("decay"),
    idfPower: valueOf("idfPower"),
    distanceWeight: valueOf("distanceWeight"),
    repeatWeight: valueOf("repeatWeight"),
  };
}
