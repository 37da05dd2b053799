import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from "@duckdb/node-api";
import { readColumns, type ColumnTable } from "./column-table.ts";
import { inTransaction } from "./in-transaction.ts";
import { toPlainValue, type PlainValue } from "./plain-value.ts";
import { toWarehouseError } from "./warehouse-error.ts";

export type SqlParams = Readonly<Record<string, DuckDBValue>>;
export type Row = Readonly<Record<string, PlainValue>>;

export interface DatabaseOptions {
  /** DuckDB size text such as "1500MB". */
  readonly memory: string;
  readonly threads: number;
  /** Where operators spill; created when missing. */
  readonly tempDir: string;
  readonly readOnly?: boolean;
}

/** One connection. Calls on it run one after the other; transactions belong to it. */
export interface Session {
  /** Runs one statement with bound parameters (`$name`), or a script of several without. Returns rows changed. */
  run(sql: string, params?: SqlParams): Promise<number>;
  /** Rows as plain objects (bigint within 2^53 as number, dates and timestamps as ISO text). For small results. */
  rows<T extends object = Row>(sql: string, params?: SqlParams): Promise<T[]>;
  /** Result as typed arrays, a column each. For everything a model or an artefact reads. */
  columns(sql: string, params?: SqlParams): Promise<ColumnTable>;
  /** Runs `work` between BEGIN and COMMIT; rolls back and rethrows when it throws. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

export interface Database {
  readonly path: string;
  session(): Promise<Session>;
  /** Closes its sessions as well. */
  close(): void;
}

/**
 * Opens a DuckDB file (or ":memory:"). The one place that creates an instance: within a process the same
 * path always yields the same instance, since a second independent one silently loses commits.
 * Throws `WAREHOUSE_BUSY` when another process owns the file, `WAREHOUSE_DAMAGED` when it cannot be read.
 */
export async function openDatabase(path: string, options: DatabaseOptions): Promise<Database> {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  mkdirSync(options.tempDir, { recursive: true });
  const settings: Record<string, string> = {
    memory_limit: options.memory,
    threads: String(options.threads),
    temp_directory: options.tempDir,
    preserve_insertion_order: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(options.readOnly === true ? { access_mode: "READ_ONLY" } : {}),
  };
  const instance = await createInstance(path, settings);
  const connections = new Set<DuckDBConnection>();
  return {
    path,
    session: async () => {
      const connection = await instance.connect();
      connections.add(connection);
      return createSession(connection, () => connections.delete(connection));
    },
    close: () => {
      // The engine outlives its handle while a connection is open, and opening the same path would then wait for ever.
      for (const connection of connections) connection.closeSync();
      connections.clear();
      instance.closeSync();
    },
  };
}

async function createInstance(path: string, settings: Record<string, string>): Promise<DuckDBInstance> {
  try {
    // An in-memory database has no file to share, so each caller gets its own.
    return path === ":memory:"
      ? await DuckDBInstance.create(path, settings)
      : await DuckDBInstance.fromCache(path, settings);
  } catch (error) {
    throw toWarehouseError(error, `opening ${path}`);
  }
}

async function createSession(connection: DuckDBConnection, onClose: () => void): Promise<Session> {
  await connection.run("SET TimeZone = 'UTC'");

  const guarded = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toWarehouseError(error, sql);
    }
  };

  const session: Session = {
    run: (sql, params) =>
      guarded(sql, async () => {
        const result = await connection.run(sql, params);
        return result.rowsChanged;
      }),
    rows: <T extends object>(sql: string, params?: SqlParams) =>
      guarded(sql, async () => {
        const reader = await connection.runAndReadAll(sql, params);
        const names = reader.deduplicatedColumnNames();
        return reader.getRows().map((values) => {
          const row: Record<string, PlainValue> = {};
          for (let i = 0; i < names.length; i++) row[names[i] as string] = toPlainValue(values[i] ?? null);
          // The caller states the shape that its SELECT yields.
          return row as T;
        });
      }),
    columns: (sql, params) => guarded(sql, async () => readColumns(await connection.stream(sql, params))),
    transaction: (work) => inTransaction((sql) => session.run(sql), work),
    close: () => {
      connection.closeSync();
      onClose();
    },
  };
  return session;
}
