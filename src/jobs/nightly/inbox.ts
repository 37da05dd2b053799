import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const DONE = "done";
const REFUSED = "refused";

export interface InboxFile {
  readonly file: string;
  readonly dataset: string;
  readonly source: string;
  readonly storeId: string | undefined;
}

/**
 * Files waiting in `<inbox>/<dataset>[@<source>[@<store>]]/`, by folder and name. A name that starts with a dot or ends in
 * ".part" is still being written: write first, then rename.
 */
export function listInbox(inbox: string): InboxFile[] {
  return listNames(inbox, "folder")
    .filter((folder) => folder !== DONE && folder !== REFUSED)
    .flatMap((folder) => {
      const [dataset = "", source = "generic", storeId] = folder.split("@");
      const names = listNames(join(inbox, folder), "file").filter((name) => !/^\.|\.part$/.test(name));
      return names.map((name) => ({ dataset, source, storeId, file: join(inbox, folder, name) }));
    });
}

/** Puts an ingested file away. A crash before this is harmless: the content is known by its hash. */
export function moveToDone(inbox: string, file: string, runId: string): void {
  moveAway(join(inbox, DONE), file, runId);
}

/** Puts a file away that cannot be ingested, with the reason beside it, so that it does not stop every night. */
export function moveToRefused(inbox: string, file: string, runId: string, reason: string): void {
  const target = moveAway(join(inbox, REFUSED), file, runId);
  writeFileSync(`${target}.reason.txt`, `${reason}\n`);
}

/** The run in the name keeps files of the same name apart. */
function moveAway(target: string, file: string, runId: string): string {
  const folder = join(target, basename(dirname(file)));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${runId}-${basename(file)}`);
  renameSync(file, path);
  return path;
}

function listNames(folder: string, kind: "file" | "folder"): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => (kind === "file" ? entry.isFile() : entry.isDirectory()))
    .map((entry) => entry.name)
    .sort();
}
