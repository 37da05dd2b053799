import { fail } from "../../../core/errors.ts";
import type { MatrixProvider } from "./matrix-provider.ts";
import { createOsrmProvider } from "./osrm.ts";
import { createValhallaProvider } from "./valhalla.ts";

/** The provider of an address such as `osrm=http://127.0.0.1:5000`; undefined for an empty one. */
export function openProvider(address: string): MatrixProvider | undefined {
  if (address === "") return undefined;
  const [, kind, url] = /^(osrm|valhalla)=(https?:\/\/.+?)\/?$/.exec(address) ?? [];
  if (url === undefined) {
    const message = "give osrm= or valhalla= and its address, such as osrm=http://127.0.0.1:5000";
    throw fail("REQUEST_INVALID", `The router is "${address}"; ${message}.`);
  }
  return kind === "osrm" ? createOsrmProvider(url) : createValhallaProvider(url);
}
