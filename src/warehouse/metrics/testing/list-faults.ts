import { AppError } from "../../../core/errors.ts";

/** `file:line:column message` of each fault a loader finds, file names without their folder; empty when it finds none. */
export function listFaults(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "DASHBOARD_INVALID") throw error;
    return error.errors.map((fault) => `${fault.pointer.replace(/^.*\//, "")} ${fault.message}`);
  }
  return [];
}
