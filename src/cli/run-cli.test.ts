import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { fail } from "../core/errors.ts";
import type { Command, Terminal } from "./command.ts";
import { runCli } from "./run-cli.ts";

interface Captured extends Terminal {
  readonly written: { out: string; err: string };
}

function createTerminal(env: NodeJS.ProcessEnv = {}): Captured {
  const written = { out: "", err: "" };
  const sink = (to: "out" | "err"): Writable =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written[to] += chunk.toString();
        done();
      },
    });
  return { stdout: sink("out"), stderr: sink("err"), env, signal: new AbortController().signal, written };
}

const greet: Command = {
  name: "greet",
  summary: "greets",
  operands: [{ name: "who" }, { name: "more", isMany: true, isOptional: true }],
  options: {
    loud: { type: "boolean", help: "with a mark" },
    title: { type: "string", value: "T", multiple: true, help: "put before" },
    secret: { type: "string", hidden: true, help: "between processes" },
  },
  notes: "A note.",
  run: async ({ operands, options, terminal }) => {
    const words = [...options.list("title"), ...operands];
    terminal.stdout.write(words.join(" ") + (options.flag("loud") ? "!" : ""));
  },
};
const failing = (name: string, code: Parameters<typeof fail>[0]): Command => ({
  name,
  alias: `${name}-alias`,
  summary: name,
  run: () => Promise.reject(fail(code, "the detail", { errors: [{ pointer: "/jobs/0", message: "is wrong" }] })),
});
const broken: Command = { name: "broken", summary: "", run: () => Promise.reject(new Error("a bug")) };
const COMMANDS = [greet, failing("list", "RELEASE_NONE"), failing("list busy", "RUN_IN_PROGRESS"), broken];

async function call(words: string[], env?: NodeJS.ProcessEnv): Promise<{ code: number; out: string; err: string }> {
  const terminal = createTerminal(env);
  const code = await runCli(COMMANDS, words, terminal);
  return { code, ...terminal.written };
}

test("operands and options reach the command; its data goes to stdout", async () => {
  expect(await call(["greet", "--title", "Dr", "Ada", "--loud", "--title=Prof"])).toEqual({
    code: 0,
    out: "Dr Prof Ada!",
    err: "",
  });
  expect(await call(["greet", "--", "--loud"])).toMatchObject({ code: 0, out: "--loud" });
});

test("an unknown option is refused by name, with exit code 2", async () => {
  const { code, out, err } = await call(["greet", "Ada", "--quiet"]);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toBe("tradewind: REQUEST_INVALID: Unknown option '--quiet'; see \"tradewind greet --help\".\n");
  expect((await call(["greet", "Ada", "--title"])).err).toContain("--title");
});

test("missing and superfluous words are refused", async () => {
  expect((await call(["greet"])).err).toContain("<who> is missing");
  expect((await call(["list", "now"])).err).toContain('"now" is one word too many');
  expect((await call(["greet"])).code).toBe(2);
});

test("an unknown command lists all commands and exits with 2", async () => {
  const { code, out, err } = await call(["dance"]);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(err).toContain('unknown command "dance"');
  for (const command of COMMANDS) expect(err).toContain(`  ${command.name}`);
});

test("--help shows the command's own words, and no options that are not for people", async () => {
  const { code, out } = await call(["greet", "--help"]);
  expect(code).toBe(0);
  expect(out).toContain("Usage: tradewind greet <who> [<more…>] [options]");
  expect(out).toContain("--title T…  put before");
  expect(out).toContain("A note.");
  expect(out).not.toContain("secret");
  expect((await call(["--help"])).code).toBe(0);
  expect((await call([])).code).toBe(2);
});

test("two words are tried before one; failures exit with their code and name the fault", async () => {
  const { code, err } = await call(["list"]);
  expect(code).toBe(1);
  expect(err).toBe("tradewind: RELEASE_NONE: the detail\n  /jobs/0: is wrong\n");
  expect((await call(["list", "busy"])).code).toBe(75);
  expect((await call(["list-alias"])).code).toBe(1);
});

test("a bug shows where it is; a bad setting stops before the command", async () => {
  expect((await call(["broken"])).err).toMatch(/^tradewind: Error: a bug\n\s+at /);
  const { code, err } = await call(["greet", "Ada"], { TRADEWIND_PROT: "1" });
  expect(code).toBe(1);
  expect(err).toContain("CONFIG_INVALID: Unknown variable TRADEWIND_PROT");
});
