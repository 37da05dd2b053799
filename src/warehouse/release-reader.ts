import { join, sep } from "node:path";
import { fail } from "../core/errors.ts";
import type { VarPaths } from "../core/paths.ts";
import type { ColumnTable } from "./column-table.ts";
import { openDatabase, type DatabaseOptions, type Row, type Session, type SqlParams } from "./database.ts";
import { quoteText } from "./quote-text.ts";
import { currentReleaseId } from "./releases/publish-release.ts";
import { readManifest } from "./releases/read-manifest.ts";
import type { ReleaseManifest } from "./releases/release-manifest.ts";
import { MARTS_FILE, releaseFolder } from "./releases/release-paths.ts";
import { createSessionPool } from "./session-pool.ts";

/** A release as a reader sees it. SQL names its tables without a prefix. */
export interface OpenRelease {
  readonly id: string;
  /** Last day of its data. */
  readonly asOf: string;
  readonly manifest: ReleaseManifest;
  readonly folder: string;
  rows<T extends object = Row>(sql: string, params?: SqlParams): Promise<T[]>;
  columns(sql: string, params?: SqlParams): Promise<ColumnTable>;
}

export interface ReleaseReader {
  /** The release being served; throws `RELEASE_NONE` before the first one. */
  current(): OpenRelease;
  /** Looks which release is published now and changes over to it. Returns whether it changed. */
  refresh(): Promise<boolean>;
  /** Ends when the queries under way have ended. */
  close(): Promise<void>;
}

export interface ReleaseReaderOptions extends Pick<DatabaseOptions, "memory" | "threads" | "tempDir"> {
  /** Queries that run at the same time; more wait in line. */
  readonly connections?: number;
}

/** A release that is attached, and how many queries run on it. */
interface Attached {
  readonly release: OpenRelease;
  readonly alias: string;
  running: number;
}

/**
 * Serves the current release read-only from an in-memory engine that attaches the release's marts. A change-over attaches
 * the new release beside the old one, so no query waits or fails. The one before stays attached for callers that still
 * hold it; an older one is detached when its last query has ended.
 * The engine can read the folder of releases and nothing else, and its settings are locked.
 */
export async function createReleaseReader(paths: VarPaths, options: ReleaseReaderOptions): Promise<ReleaseReader> {
  const database = await openDatabase(":memory:", options);
  const control = await database.session();
  const pool = createSessionPool(
    await Promise.all(Array.from({ length: options.connections ?? 4 }, () => database.session())),
  );
  // Sessions come first, since opening one sets its time zone.
  await control.run(`SET allowed_directories = [${quoteText(paths.releases + sep)}]`);
  await control.run("SET enable_external_access = false");
  await control.run("SET lock_configuration = true");

  const attached = new Map<string, Attached>();
  let serving: Attached | undefined;
  let before: Attached | undefined;
  let refreshing: Promise<boolean> | undefined;

  const runOn = async <T>(target: Attached, work: (session: Session) => Promise<T>): Promise<T> => {
    target.running += 1;
    try {
      return await pool.use(async (session) => {
        await session.run(`USE ${target.alias}`);
        return work(session);
      });
    } finally {
      target.running -= 1;
    }
  };

  const attach = async (id: string): Promise<Attached> => {
    const known = attached.get(id);
    if (known !== undefined) return known;
    const manifest = readManifest(paths, id);
    const folder = releaseFolder(paths, id);
    const alias = `release_${id.toLowerCase().replaceAll("-", "_")}`;
    await control.run(`ATTACH ${quoteText(join(folder, MARTS_FILE))} AS ${alias} (READ_ONLY)`);
    const entry: Attached = {
      alias,
      running: 0,
      release: {
        id,
        asOf: manifest.asOf,
        manifest,
        folder,
        rows: (sql, params) => runOn(entry, (session) => session.rows(sql, params)),
        columns: (sql, params) => runOn(entry, (session) => session.columns(sql, params)),
      },
    };
    attached.set(id, entry);
    return entry;
  };

  /** A release whose queries have not ended yet is left for the next change-over. */
  const detachUnused = async (): Promise<void> => {
    for (const [id, entry] of attached) {
      if (entry === serving || entry === before || entry.running > 0) continue;
      attached.delete(id);
      await control.run(`DETACH ${entry.alias}`);
    }
  };

  const changeOver = async (): Promise<boolean> => {
    const id = currentReleaseId(paths);
    if (id === undefined || id === serving?.release.id) return false;
    const next = await attach(id);
    before = serving;
    serving = next;
    await detachUnused();
    return true;
  };

  const reader: ReleaseReader = {
    current: () => {
      if (serving === undefined) {
        throw fail("RELEASE_NONE", "No release has been published yet; run the nightly graph first.");
      }
      return serving.release;
    },
    refresh: () => {
      refreshing ??= changeOver().finally(() => (refreshing = undefined));
      return refreshing;
    },
    close: async () => {
      await refreshing?.catch(() => {});
      await pool.close();
      control.close();
      database.close();
    },
  };
  try {
    await reader.refresh();
  } catch (error) {
    await reader.close();
    throw error;
  }
  return reader;
}
