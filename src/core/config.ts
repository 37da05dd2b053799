import { join, resolve } from "node:path";
import { fail } from "./errors.ts";
import { packageRoot } from "./paths.ts";

/** Everything that can be set from outside, read once at boot into a frozen object. */
export interface Config {
  /** Folder of run-time state. */
  readonly varDir: string;
  /** Folder of the bundled data. */
  readonly dataDir: string;
  /** Further source mappings of the user, searched before the bundled ones. */
  readonly sourcesDir: string;
  readonly host: string;
  readonly port: number;
  /** When the nightly run starts, cron syntax, UTC. */
  readonly nightlyCron: string;
  readonly reportingCurrency: string;
  readonly logLevel: string;
  /** DuckDB's memory bound for the warehouse owner, e.g. "2GB". */
  readonly warehouseMemory: string;
  readonly threads: number;
  /** Mebibytes of a file sent to POST /v1/ingest at most, uncompressed. */
  readonly uploadLimitMb: number;
  /** Where travel times between coordinates come from, `osrm=URL` or `valhalla=URL`; "" for great circles. */
  readonly router: string;
}

interface Setting<T> {
  readonly variable: string;
  readonly fallback: T;
  /** Parses the text or throws a message that says what is accepted. */
  readonly parse: (text: string) => T;
  readonly help: string;
}

const text = (raw: string): string => {
  if (raw.trim() === "") throw new Error("must not be empty");
  return raw.trim();
};
const folder = (raw: string): string => resolve(text(raw));
const integer =
  (low: number, high: number) =>
  (raw: string): number => {
    const value = Number(raw);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`must be a whole number from ${low} to ${high}`);
    return value;
  };
const matching =
  (pattern: RegExp, accepted: string) =>
  (raw: string): string => {
    if (!pattern.test(raw)) throw new Error(`must be ${accepted}`);
    return raw;
  };

/** Name, environment variable, default and rule of each setting: the one list that docs and checks are made from. */
export const SETTINGS: { readonly [K in keyof Config]: Setting<Config[K]> } = {
  varDir: {
    variable: "TRADEWIND_VAR_DIR",
    fallback: join(packageRoot(), "var"),
    parse: folder,
    help: "folder of run-time state",
  },
  dataDir: {
    variable: "TRADEWIND_DATA_DIR",
    fallback: join(packageRoot(), "data"),
    parse: folder,
    help: "folder of the bundled data",
  },
  sourcesDir: {
    variable: "TRADEWIND_SOURCES_DIR",
    fallback: join(packageRoot(), "var", "sources"),
    parse: folder,
    help: "folder of your own source mappings",
  },
  host: { variable: "TRADEWIND_HOST", fallback: "127.0.0.1", parse: text, help: "address to listen on" },
  port: {
    variable: "TRADEWIND_PORT",
    fallback: 8080,
    parse: integer(0, 65535),
    help: "port to listen on; 0 picks a free one",
  },
  nightlyCron: {
    variable: "TRADEWIND_NIGHTLY_CRON",
    fallback: "30 3 * * *",
    parse: text,
    help: "start of the nightly run, cron syntax, UTC",
  },
  reportingCurrency: {
    variable: "TRADEWIND_REPORTING_CURRENCY",
    fallback: "GBP",
    parse: matching(/^[A-Z]{3}$/, "an ISO 4217 code"),
    help: "currency of totals over several currencies",
  },
  logLevel: {
    variable: "TRADEWIND_LOG_LEVEL",
    fallback: "info",
    parse: matching(
      /^(trace|debug|info|warn|error|fatal|silent)$/,
      "one of trace, debug, info, warn, error, fatal, silent",
    ),
    help: "least severe log line written",
  },
  warehouseMemory: {
    variable: "TRADEWIND_WAREHOUSE_MEMORY",
    fallback: "1500MB",
    parse: matching(/^\d+(\.\d+)?(MB|GB)$/, 'a size such as "1500MB" or "2GB"'),
    help: "memory bound of the warehouse engine",
  },
  threads: {
    variable: "TRADEWIND_THREADS",
    fallback: 2,
    parse: integer(1, 256),
    help: "threads of the warehouse engine",
  },
  uploadLimitMb: {
    variable: "TRADEWIND_UPLOAD_LIMIT_MB",
    fallback: 1024,
    parse: integer(1, 1_048_576),
    help: "MiB of an uploaded file at most, uncompressed",
  },
  router: {
    variable: "TRADEWIND_ROUTER",
    fallback: "",
    parse: matching(/^(|(osrm|valhalla)=https?:\/\/.+)$/, "osrm=URL or valhalla=URL"),
    help: "router that is asked for travel between coordinates, osrm=URL or valhalla=URL; great circles without one",
  },
};

/**
 * Reads the `TRADEWIND_*` variables of `env` over the defaults.
 * An unknown variable or a bad value throws `CONFIG_INVALID` naming it and what is accepted.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, overrides: Partial<Config> = {}): Config {
  const known = new Set(Object.values(SETTINGS).map((setting) => setting.variable));
  known.add("TRADEWIND_TEST_PROFILE");
  const unknown = Object.keys(env).filter((name) => name.startsWith("TRADEWIND_") && !known.has(name));
  if (unknown.length > 0) {
    throw fail("CONFIG_INVALID", `Unknown variable ${unknown.join(", ")}; known are ${[...known].sort().join(", ")}.`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS)) values[name] = readSetting(setting, env);
  return Object.freeze({ ...(values as unknown as Config), ...overrides });
}

function readSetting(setting: Setting<unknown>, env: Readonly<Record<string, string | undefined>>): unknown {
  const raw = env[setting.variable];
  if (raw === undefined) return setting.fallback;
  try {
    return setting.parse(raw);
  } catch (error) {
    throw fail("CONFIG_INVALID", `${setting.variable}="${raw}" ${(error as Error).message}.`, { cause: error });
  }
}
