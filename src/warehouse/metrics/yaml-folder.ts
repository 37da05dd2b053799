import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fail, type AppError, type FieldFault } from "../../core/errors.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

/** The YAML files right in a folder, in the order of their names. */
export function readYamlFolder(folder: string): YamlFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw fail("DASHBOARD_INVALID", `The folder ${folder} cannot be read.`, { cause: error });
  }
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => readYamlFile(join(folder, name)));
}

/** All faults of all files in one error, in the order of the files' lines: `file:line:column path fault`. */
export function reportFaults(found: readonly FieldFault[]): AppError {
  const faults = found.toSorted((left, right) => left.pointer.localeCompare(right.pointer, "en", { numeric: true }));
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const lines = faults.map((fault) => `  ${fault.pointer} ${fault.message}`);
  return fail("DASHBOARD_INVALID", [`${count} in dashboard or metric files:`, ...lines].join("\n"), { errors: faults });
}
