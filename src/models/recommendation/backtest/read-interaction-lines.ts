import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { fail } from "../../../core/errors.ts";

/** Pairs of a file of `user item item …` lines, ids as written. */
export interface InteractionPairs {
  readonly users: Int32Array;
  readonly items: Int32Array;
}

/** Text of a file, unpacked when its name ends in .gz. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw fail("INGEST_FILE_NOT_FOUND", `${file} cannot be read; give the path of an existing file.`, { cause: error });
  });
  if (!file.endsWith(".gz")) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes).toString("utf8");
  } catch (error) {
    throw fail("INGEST_FILE_UNREADABLE", `${file} ends in .gz but is not gzip.`, { cause: error });
  }
}

/**
 * Gives every id met a number, in the order met; ids are whatever stands between blanks. One registry of users and one of
 * items serve the train and the test file.
 */
export class IdRegistry {
  readonly #numbers = new Map<string, number>();

  numberOf(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    this.#numbers.set(id, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  get size(): number {
    return this.#numbers.size;
  }
}

/** Reads `user item item …` lines; empty lines and users without items give nothing. */
export async function readInteractionLines(
  file: string,
  users: IdRegistry,
  items: IdRegistry,
): Promise<InteractionPairs> {
  const userOf: number[] = [];
  const itemOf: number[] = [];
  for (const line of (await readText(file)).split("\n")) {
    const [user, ...rest] = line.split(/\s+/).filter((id) => id !== "");
    if (user === undefined || rest.length === 0) continue;
    const number = users.numberOf(user);
    for (const item of rest) {
      userOf.push(number);
      itemOf.push(items.numberOf(item));
    }
  }
  if (userOf.length === 0) {
    throw fail("INGEST_FILE_UNREADABLE", `${file} holds no interaction; its lines should read «user item item …».`);
  }
  return { users: Int32Array.from(userOf), items: Int32Array.from(itemOf) };
}
