import { parseArgs } from "node:util";
import { fail } from "../core/errors.ts";
import type { Command, GivenOptions, OptionSpec } from "./command.ts";

export interface ParsedWords {
  readonly operands: readonly string[];
  readonly options: GivenOptions;
}

/** Checks the words after a command's name. Throws `REQUEST_INVALID` naming the option or operand that is wrong. */
export function parseWords(command: Command, words: readonly string[]): ParsedWords {
  const specs: Readonly<Record<string, OptionSpec>> = command.options ?? {};
  const { values, positionals } = parseStrictly(command, specs, words);
  checkOperands(command, positionals);
  return {
    operands: positionals,
    options: {
      flag: (name) => values[name] === true,
      text: (name) => [values[name]].flat().find((value) => typeof value === "string"),
      list: (name) => [values[name]].flat().filter((value) => typeof value === "string"),
    },
  };
}

function parseStrictly(
  command: Command,
  specs: Readonly<Record<string, OptionSpec>>,
  words: readonly string[],
): { values: Record<string, string | boolean | (string | boolean)[] | undefined>; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, { type: spec.type, multiple: spec.multiple ?? false }]),
  );
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node names the option and what is wrong with it; the rest of its text is about escaping.
    const [reason = ""] = (error as Error).message.split(". ");
    throw fail("REQUEST_INVALID", `${reason}; see "tradewind ${command.name} --help".`, { cause: error });
  }
}

function checkOperands(command: Command, given: readonly string[]): void {
  const specs = command.operands ?? [];
  const missing = specs[given.length];
  if (missing !== undefined && missing.isOptional !== true) {
    throw fail("REQUEST_INVALID", `<${missing.name}> is missing; see "tradewind ${command.name} --help".`);
  }
  const extra = given[specs.length];
  if (extra !== undefined && specs.at(-1)?.isMany !== true) {
    throw fail("REQUEST_INVALID", `"${extra}" is one word too many; see "tradewind ${command.name} --help".`);
  }
}
