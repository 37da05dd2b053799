import { randomBytes } from "node:crypto";
import type { Clock } from "../../core/clock.ts";

/** `YYYYMMDDTHHMMSS-xxxxxx`: sorts by time, six random hex digits apart within a second. A release is named after its run. */
export function createRunId(clock: Clock): string {
  const stamp = clock.now().toISOString().replace(/[-:]/g, "").slice(0, 15);
  return `${stamp}-${randomBytes(3).toString("hex")}`;
}

export function isRunId(text: string): boolean {
  return /^\d{8}T\d{6}-[0-9a-f]{6}$/.test(text);
}
