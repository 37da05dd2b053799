import type { Command, OperandSpec } from "./command.ts";

/** The list of all commands, for `tradewind --help` and after an unknown command. */
export function renderOverview(commands: readonly Command[]): string {
  const rows = commands.map((command) => [callOf(command), command.summary] as const);
  return [
    "Usage: tradewind <command> [options]",
    "",
    ...alignPairs(rows),
    "",
    'Settings come from TRADEWIND_* variables. "tradewind <command> --help" says more.',
    "",
  ].join("\n");
}

export function renderCommandHelp(command: Command): string {
  const shown = Object.entries(command.options ?? {}).filter(([, spec]) => spec.hidden !== true);
  const rows = shown.map(([name, spec]) => {
    const many = spec.multiple === true ? "…" : "";
    return [`--${name}${spec.value === undefined ? "" : ` ${spec.value}${many}`}`, spec.help] as const;
  });
  return [
    `Usage: tradewind ${callOf(command)}${rows.length > 0 ? " [options]" : ""}`,
    "",
    command.summary,
    "",
    ...alignPairs([...rows, ["--help", "show this"]]),
    ...(command.notes === undefined ? [] : ["", command.notes]),
    "",
  ].join("\n");
}

function callOf(command: Command): string {
  return [command.name, ...(command.operands ?? []).map(renderOperand)].join(" ");
}

function renderOperand({ name, isMany, isOptional }: OperandSpec): string {
  const word = `<${name}${isMany === true ? "…" : ""}>`;
  return isOptional === true ? `[${word}]` : word;
}

function alignPairs(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
