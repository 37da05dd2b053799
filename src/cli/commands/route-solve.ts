import type { ErrorCode } from "../../core/error-catalogue.ts";
import { AppError, fail } from "../../core/errors.ts";
import { fillMatrices } from "../../models/routing/matrix-providers/fill-matrices.ts";
import { openProvider } from "../../models/routing/matrix-providers/open-provider.ts";
import { vroomCodeOf } from "../../models/routing/vroom-code.ts";
import type { Command } from "../command.ts";
import { readJsonFile } from "../read-json-file.ts";
import { writeJson } from "../write-json.ts";

/** Failures that VROOM's callers know how to read: its code in the answer and as the exit code. Others are told as everywhere. */
const TOLD_AS_VROOM: readonly ErrorCode[] = ["ROUTE_INPUT_INVALID", "ROUTE_ROUTER_FAILED", "ROUTE_UNREACHABLE"];

export const routeSolveCommand: Command = {
  name: "route solve",
  summary: "solve a routing problem in VROOM's JSON format; prints VROOM's solution format",
  operands: [{ name: "problem.json" }],
  options: {
    "time-limit": {
      type: "string",
      value: "S",
      help: "search for so many seconds; by default as long as the size needs",
    },
    seed: { type: "string", value: "N", help: "another seed, another search (default 1)" },
    threads: { type: "string", value: "N", help: "threads that search, each with a seed of its own (default 1)" },
    router: {
      type: "string",
      value: "KIND=URL",
      help: "ask a router for travel between coordinates: osrm=URL or valhalla=URL",
    },
    plan: { type: "boolean", help: "time the steps given for each vehicle, with all violations" },
  },
  notes: '"-" reads the problem from stdin. Without a time limit the answer is the same every time.',
  run: async ({ operands: [file = ""], options, terminal }) => {
    const { solveRoute } = await import("../../models/routing/solve-route.ts");
    const seconds = readNumber("--time-limit", options.text("time-limit"), 0.01, 86_400);
    const nowMs = (): number => performance.now();
    const threads = Math.floor(readNumber("--threads", options.text("threads"), 1, 64) ?? 1);
    const seed = readNumber("--seed", options.text("seed"), 0, 2 ** 32 - 1) ?? 1;
    const timeLimit = seconds === undefined ? {} : { timeLimit: { milliseconds: seconds * 1000, nowMs } };
    try {
      const given = readJsonFile(file, "ROUTE_INPUT_INVALID");
      const provider = openProvider(options.text("router") ?? "");
      const problem = provider === undefined ? given : await fillMatrices(given, provider);
      writeJson(terminal, solveRoute(problem, { seed, threads, isPlan: options.flag("plan"), ...timeLimit }));
      return 0;
    } catch (error) {
      if (!(error instanceof AppError) || !TOLD_AS_VROOM.includes(error.code)) throw error;
      const code = vroomCodeOf(error.code) ?? 1;
      writeJson(terminal, { code, error: error.detail });
      return code;
    }
  },
};

function readNumber(name: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && value >= low && value <= high) return value;
  throw fail("REQUEST_INVALID", `${name} is "${text}"; give a number from ${low} to ${high}.`);
}
