import { readFileSync } from "node:fs";
import { fail } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { writeJson } from "../write-json.ts";

export const routeSolveCommand: Command = {
  name: "route solve",
  summary: "solve a routing problem in VROOM's JSON format; prints VROOM's solution format",
  operands: [{ name: "problem.json" }],
  notes: '"-" reads the problem from stdin.',
  run: async ({ operands: [file = ""], terminal }) => {
    const { solveSmallRoute } = await import("../../models/routing/solve-route.ts");
    writeJson(terminal, solveSmallRoute(readProblem(file)));
  },
};

function readProblem(file: string): unknown {
  let text;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw fail("REQUEST_INVALID", `${file} cannot be read; check the path.`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail("ROUTE_INPUT_INVALID", `${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}
