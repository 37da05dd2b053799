import { readFileSync } from "node:fs";
import { fail, type ErrorCode } from "../core/errors.ts";

/** The JSON of a file, "-" for stdin; text that is no JSON fails with `code`. */
export function readJsonFile(file: string, code: ErrorCode): unknown {
  let text;
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw fail("REQUEST_INVALID", `${file} cannot be read; check the path.`, { cause: error });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fail(code, `${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}
