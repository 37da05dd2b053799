import type { Command } from "../command.ts";
import { readJsonFile } from "../read-json-file.ts";
import { writeJson } from "../write-json.ts";

export const routeCheckCommand: Command = {
  name: "route check",
  summary: "check a solution in VROOM's format against its problem; exits with 1 when it is infeasible or misstated",
  operands: [{ name: "problem.json" }, { name: "solution.json" }],
  run: async ({ operands: [problemFile = "", solutionFile = ""], terminal }) => {
    const { checkSolution } = await import("../../models/routing/check-solution.ts");
    const { parseVroomProblem } = await import("../../models/routing/parse-vroom-problem.ts");
    const problem = parseVroomProblem(readJsonFile(problemFile, "ROUTE_INPUT_INVALID"));
    const checked = checkSolution(problem, readJsonFile(solutionFile, "REQUEST_INVALID"));
    writeJson(terminal, { isFeasible: checked.faults.length === 0, ...checked });
    return checked.faults.length === 0 ? 0 : 1;
  },
};
