import { createHash } from "node:crypto";

const RELEASE_ID = /^\d{8}T\d{6}-[0-9a-f]{6}$/;

/** `YYYYMMDDTHHMMSS-<6 hex of the run>`: sorts by time, and is safe as a folder name. */
export function createReleaseId(createdAt: Date, runId: string): string {
  const time = createdAt.toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  return `${time}-${createHash("sha256").update(runId).digest("hex").slice(0, 6)}`;
}

export function isReleaseId(text: string): boolean {
  return RELEASE_ID.test(text);
}
