import { writeFileSync } from "node:fs";
import { renderErrorsMarkdown } from "../src/api/error-docs.ts";
import { renderOpenApi } from "../src/api/testing/render-openapi.ts";

/** Writes docs/api from the routes and the error catalogue; a test fails when they differ. Run: `npm run openapi`. */
const folder = new URL("../docs/api/", import.meta.url);
writeFileSync(new URL("openapi.json", folder), await renderOpenApi());
writeFileSync(new URL("errors.md", folder), renderErrorsMarkdown());
