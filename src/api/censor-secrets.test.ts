import { describe, expect, it } from "vitest";
import { createCensor } from "./censor-secrets.ts";

describe("the censor of log lines", () => {
  const censor = createCensor(["email", "cookie"]);

  it("returns a line without secrets as it came", () => {
    const line = { route: "/v1", nested: { status: 200, headers: { accept: "*/*" } } };
    expect(censor(line)).toBe(line);
  });

  it("hides secrets at the top, one level down and in headers, and leaves the caller's objects alone", () => {
    const line = { email: "a@b", customer: { email: "a@b", id: 1 }, req: { headers: { cookie: "x", accept: "*/*" } } };
    expect(censor(line)).toEqual({
      email: "[redacted]",
      customer: { email: "[redacted]", id: 1 },
      req: { headers: { cookie: "[redacted]", accept: "*/*" } },
    });
    expect(line.customer.email).toBe("a@b");
  });

  it("keeps an error with a secret an error", () => {
    const err = Object.assign(new Error("failed"), { email: "a@b" });
    const shown = censor({ err })["err"] as typeof err;
    expect(shown).toBeInstanceOf(Error);
    expect([shown.message, shown.email]).toEqual(["failed", "[redacted]"]);
    expect(shown.stack).toBe(err.stack);
  });
});
