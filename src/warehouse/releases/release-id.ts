const RELEASE_ID = /^\d{8}T\d{6}-[0-9a-f]{6}$/;

/** `YYYYMMDDTHHMMSS-<6 hex>`, the id of the run that made it: sorts by time, and is safe as a folder name. */
export function isReleaseId(text: string): boolean {
  return RELEASE_ID.test(text);
}
