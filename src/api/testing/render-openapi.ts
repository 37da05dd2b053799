import { SETTINGS } from "../../core/config.ts";
import { readVersion } from "../../jobs/code-version.ts";
import { openApiFixture } from "./api-fixture.ts";

/** The OpenAPI document as it is committed under docs/api/openapi.json. */
export async function renderOpenApi(): Promise<string> {
  const uploadLimitBytes = SETTINGS.uploadLimitMb.fallback * 1_048_576;
  const api = await openApiFixture(undefined, { version: readVersion(), uploadLimitBytes });
  try {
    return `${JSON.stringify((await api.app.inject("/openapi.json")).json(), null, 2)}\n`;
  } finally {
    await api.close();
  }
}
