import { ERROR_CATALOGUE } from "../core/error-catalogue.ts";

const INTRODUCTION =
  "Every failure is answered with `application/problem+json` (RFC 9457). Its `type` is `/docs/errors#CODE`, its `detail` " +
  "names the field, what is wrong with it and what to do. Where the last column says yes, the same request may " +
  "succeed later without a change; such answers carry `Retry-After`.";

/** The page `docs/api/errors.md`, from the catalogue. */
export function renderErrorsMarkdown(): string {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { status, title, retryable }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${status} | ${title} | ${retryable ? "yes" : "no"} |`,
  );
  return [
    "# Error codes",
    "",
    "<!-- Generated from src/core/error-catalogue.ts by `npm run openapi`. -->",
    "",
    INTRODUCTION,
    "",
    "| code | status | meaning | try again? |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** The same as a page of the server, where the `type` of a problem leads. */
export function renderErrorsPage(): string {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { status, title, retryable }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td><td>${retryable ? "yes" : "no"}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Error codes · Tradewind</title></head>
<body>
<h1>Error codes</h1>
<p>${INTRODUCTION.replace(/`([^`]+)`/g, "<code>$1</code>")}</p>
<table>
<thead><tr><th>code</th><th>status</th><th>meaning</th><th>try again?</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</body>
</html>
`;
}
