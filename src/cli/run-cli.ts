import { systemClock } from "../core/clock.ts";
import { readConfig } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { EXIT_BUSY, EXIT_INTERRUPTED } from "../jobs/launch/exit-codes.ts";
import { createCliLogger } from "./cli-logger.ts";
import type { Command, Terminal } from "./command.ts";
import { parseWords } from "./parse-words.ts";
import { renderCommandHelp, renderOverview } from "./render-help.ts";

const EXIT_FAILED = 1;
/** The call itself was wrong; nothing was done. */
const EXIT_USAGE = 2;

/** Runs one command line and resolves to its exit code. Never throws: what fails is said on stderr. */
export async function runCli(
  commands: readonly Command[],
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const [first] = words;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    terminal.stdout.write(renderOverview(commands));
    return first === undefined ? EXIT_USAGE : 0;
  }
  const found = findCommand(commands, words);
  if (found === undefined) {
    terminal.stderr.write(`tradewind: unknown command "${first}"\n\n${renderOverview(commands)}`);
    return EXIT_USAGE;
  }
  const { command, rest } = found;
  const ownWords = rest.slice(0, rest.includes("--") ? rest.indexOf("--") : rest.length);
  if (ownWords.includes("--help") || ownWords.includes("-h")) {
    terminal.stdout.write(renderCommandHelp(command));
    return 0;
  }
  let parsed;
  try {
    parsed = parseWords(command, rest);
  } catch (error) {
    return reportError(error, terminal, EXIT_USAGE);
  }
  try {
    const config = readConfig(terminal.env);
    const logger = createCliLogger(config, terminal);
    const code = await command.run({ ...parsed, config, logger, terminal, clock: systemClock });
    return code ?? 0;
  } catch (error) {
    return reportError(error, terminal, exitCodeOf(error));
  }
}

/** Two words before one, so that "runs show" is not "runs" with a word too many. */
function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): { command: Command; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const command = commands.find((candidate) => candidate.name === name || candidate.alias === name);
    if (command !== undefined) return { command, rest: words.slice(length) };
  }
  return undefined;
}

function exitCodeOf(error: unknown): number {
  if (!(error instanceof AppError)) return EXIT_FAILED;
  if (error.code === "RUN_IN_PROGRESS" || error.code === "WAREHOUSE_BUSY") return EXIT_BUSY;
  return error.code === "RUN_CANCELLED" ? EXIT_INTERRUPTED : EXIT_FAILED;
}

function reportError(error: unknown, terminal: Terminal, exitCode: number): number {
  if (error instanceof AppError) {
    terminal.stderr.write(`tradewind: ${error.code}: ${error.detail}\n`);
    for (const fault of error.errors) terminal.stderr.write(`  ${fault.pointer}: ${fault.message}\n`);
  } else {
    // Not foreseen, so the place where it happened is the best clue there is.
    terminal.stderr.write(`tradewind: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return exitCode;
}
