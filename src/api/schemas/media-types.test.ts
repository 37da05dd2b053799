import { describe, expect, it } from "vitest";
import { negotiateFormat } from "./media-types.ts";

describe("negotiateFormat", () => {
  it.each([
    [undefined, "json"],
    ["", "json"],
    ["*/*", "json"],
    ["text/csv", "csv"],
    ["TEXT/CSV; charset=utf-8", "csv"],
    ["text/*", "csv"],
    ["application/vnd.apache.arrow.stream, application/json;q=0.5", "arrow"],
    ["text/csv;q=0.2, application/json;q=0.9", "json"],
    ["application/json;q=0, */*", "csv"],
    ["text/html, */*;q=0.1", "json"],
  ])("%j asks for %s", (accept, format) => {
    expect(negotiateFormat(accept)).toBe(format);
  });

  it.each(["text/html", "application/json;q=0", "application/json;q=high"])("refuses %j", (accept) => {
    expect(() => negotiateFormat(accept)).toThrow(/application\/json, text\/csv/);
  });
});
