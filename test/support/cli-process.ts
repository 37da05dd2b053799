import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/core/paths.ts";

export interface Installation {
  readonly varDir: string;
  readonly dataDir: string;
}

export interface CliEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliProcess {
  /** The first line or more on stdout; rejects when the process ends without any. */
  readonly firstOutput: Promise<string>;
  readonly ended: Promise<CliEnd>;
  kill(signal: "SIGKILL" | "SIGTERM"): void;
}

/** Starts the compiled command line in a process of its own, over folders of its own. */
export function startCli(installation: Installation, words: readonly string[]): CliProcess {
  const program = join(packageRoot(), "dist", "cli", "main.js");
  if (!existsSync(program)) throw new Error(`${program} is missing; run "npm run build" first`);
  const child = spawn(process.execPath, [program, ...words], {
    env: {
      ...withoutSettings(process.env),
      TRADEWIND_VAR_DIR: installation.varDir,
      TRADEWIND_DATA_DIR: installation.dataDir,
      TRADEWIND_SOURCES_DIR: join(installation.varDir, "sources"),
      TRADEWIND_LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  const ended = new Promise<CliEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  const firstOutput = new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("close", (code) => reject(new Error(`${words.join(" ")} ended with ${code}: ${stderr}`)));
  });
  // Most callers only wait for the end.
  firstOutput.catch(() => undefined);
  return { firstOutput, ended, kill: (signal) => void child.kill(signal) };
}

export function runCli(installation: Installation, words: readonly string[]): Promise<CliEnd> {
  return startCli(installation, words).ended;
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TRADEWIND_")));
}
