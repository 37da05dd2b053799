import { AppError, type AppErrorOptions, type ErrorCode } from "../../core/errors.ts";
import { solveRoute } from "./solve-route.ts";
import type { VroomSolution } from "./vroom-solution.ts";

/** Errors cross a thread as plain data: a thrown AppError would lose its class and code on the way. */
export type SolveReply =
  | { readonly solution: VroomSolution; readonly error?: undefined }
  | { readonly error: AppErrorOptions & { readonly code: ErrorCode }; readonly solution?: undefined };

/** Entry of a worker thread: `solveRoute` off the thread that answers requests. */
export function solve(problem: unknown): SolveReply {
  try {
    return { solution: solveRoute(problem) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { error: { code: error.code, detail: error.detail, errors: error.errors } };
  }
}
