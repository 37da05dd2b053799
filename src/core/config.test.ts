import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import { AppError } from "./errors.ts";

function codeAndMessage(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.detail}`;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("defaults apply where nothing is set", () => {
  const config = readConfig({});
  expect(config.port).toBe(8080);
  expect(config.host).toBe("127.0.0.1");
  expect(config.nightlyCron).toBe("30 3 * * *");
});

test("variables and overrides replace defaults, overrides last", () => {
  const config = readConfig({ TRADEWIND_PORT: "9000", TRADEWIND_THREADS: "4" }, { port: 9001 });
  expect(config.port).toBe(9001);
  expect(config.threads).toBe(4);
});

test("an unknown variable stops the start and is named", () => {
  expect(codeAndMessage(() => readConfig({ TRADEWIND_PROT: "1" }))).toMatch(
    /^CONFIG_INVALID .*TRADEWIND_PROT.*TRADEWIND_PORT/,
  );
});

test.each([
  ["TRADEWIND_PORT", "80x", "whole number"],
  ["TRADEWIND_PORT", "65536", "0 to 65535"],
  ["TRADEWIND_REPORTING_CURRENCY", "pounds", "ISO 4217"],
  ["TRADEWIND_WAREHOUSE_MEMORY", "lots", "size"],
  ["TRADEWIND_VAR_DIR", " ", "not be empty"],
])("a bad value of %s (%s) is refused with what is accepted", (variable, value, accepted) => {
  const message = codeAndMessage(() => readConfig({ [variable]: value }));
  expect(message).toContain(variable);
  expect(message).toContain(accepted);
});

test("variables of other programs are left alone, and the result is frozen", () => {
  const config = readConfig({ PATH: "/bin", HOME: "/home/x" });
  expect(Object.isFrozen(config)).toBe(true);
});
