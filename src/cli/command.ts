import type { Clock } from "../core/clock.ts";
import type { Config } from "../core/config.ts";
import type { Logger } from "../core/log.ts";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** What stands for the value in the help, e.g. "DATE". */
  readonly value?: string;
  /** May be given several times. */
  readonly multiple?: boolean;
  /** Left out of the help: for calls between Tradewind's own processes. */
  readonly hidden?: boolean;
  readonly help: string;
}

export interface OperandSpec {
  readonly name: string;
  readonly isOptional?: boolean;
  /** Takes all words that are left, at least one. */
  readonly isMany?: boolean;
}

/** Options as given, checked against the command's specs. */
export interface GivenOptions {
  flag(name: string): boolean;
  text(name: string): string | undefined;
  list(name: string): readonly string[];
}

export interface Terminal {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
}

export interface CommandCall {
  readonly operands: readonly string[];
  readonly options: GivenOptions;
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly terminal: Terminal;
}

/** One command of the command line. Data goes to stdout, everything else to stderr. */
export interface Command {
  /** One word or two: "serve", "releases verify". */
  readonly name: string;
  /** Another, shorter name. */
  readonly alias?: string;
  readonly summary: string;
  readonly operands?: readonly OperandSpec[];
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** Lines below the options in the help. */
  readonly notes?: string;
  /**
   * Resolves to the exit code; nothing means 0. Rooms that take long to load (engine, server, models) are imported in
   * here, so that a command loads no more than it needs.
   */
  readonly run: (call: CommandCall) => Promise<number | void>;
}

export const JSON_OPTION: Readonly<Record<string, OptionSpec>> = {
  json: { type: "boolean", help: "print the answer as JSON" },
};
