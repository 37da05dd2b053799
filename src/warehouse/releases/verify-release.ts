import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { VarPaths } from "../../core/paths.ts";
import { describeError } from "../../core/errors.ts";
import { hashBytes, hashFile } from "./durable-files.ts";
import { readManifest } from "./read-manifest.ts";
import type { ReleaseManifest } from "./release-manifest.ts";
import { MANIFEST_CHECKSUM_FILE, MANIFEST_FILE, releaseFolder } from "./release-paths.ts";

export interface Verification {
  readonly ok: boolean;
  /** One sentence a fault, naming the file. */
  readonly problems: readonly string[];
}

/** Reads every byte of a release and of the fact partitions it refers to, and compares checksums. */
export async function verifyRelease(paths: VarPaths, releaseId: string): Promise<Verification> {
  let manifest: ReleaseManifest;
  try {
    manifest = readManifest(paths, releaseId);
  } catch (error) {
    return { ok: false, problems: [describeError(error)] };
  }
  const folder = releaseFolder(paths, releaseId);
  // A manifest that is not as it was written cannot say which files there should be.
  const damage = checkManifest(folder);
  if (damage.length > 0) return { ok: false, problems: damage };
  const problems = [
    ...listStrangers(folder, manifest),
    ...(await checkFiles(folder, manifest.files)),
    ...(await checkFiles(paths.root, manifest.facts)),
  ];
  return { ok: problems.length === 0, problems };
}

function checkManifest(folder: string): string[] {
  const path = join(folder, MANIFEST_CHECKSUM_FILE);
  const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
  const actual = `${hashBytes(readFileSync(join(folder, MANIFEST_FILE)))}\n`;
  return expected === actual ? [] : [`${MANIFEST_FILE} does not match ${MANIFEST_CHECKSUM_FILE}.`];
}

function listStrangers(folder: string, manifest: ReleaseManifest): string[] {
  const expected = new Set([MANIFEST_FILE, MANIFEST_CHECKSUM_FILE, ...manifest.files.map((file) => file.path)]);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !expected.has(path))
    .map((path) => `${path} does not belong to the release.`);
}

async function checkFiles(root: string, files: readonly { path: string; sha256: string }[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { path, sha256 } of files) {
    const absolute = join(root, path);
    if (!existsSync(absolute)) problems.push(`${path} is missing.`);
    else if ((await hashFile(absolute)) !== sha256) problems.push(`${path} was changed after it was released.`);
  }
  return problems;
}
