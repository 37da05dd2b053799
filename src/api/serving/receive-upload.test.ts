import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { receiveUpload } from "./receive-upload.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "tradewind-upload-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const csv = "order_id,quantity\n1,2\n";
const options = () => ({ folder, limitBytes: 1000, isGzip: false, extension: "csv" });

describe("receiveUpload", () => {
  it("keeps the bytes as they came, with their length and checksum", async () => {
    const upload = await receiveUpload(Readable.from([Buffer.from(csv)]), options());
    expect(readFileSync(upload.file, "utf8")).toBe(csv);
    expect(upload.bytes).toBe(csv.length);
    expect(upload.sha256).toBe(createHash("sha256").update(csv).digest("hex"));
    expect(upload.file).toMatch(/\.csv$/);
  });

  it.each([
    ["PAR1…", "parquet"],
    ['{"order_id": 1}', "ndjson"],
    [csv, "csv"],
  ])("tells the format of %j from its first bytes when nobody says it", async (text, extension) => {
    const body = Readable.from([Buffer.from(text)]);
    const upload = await receiveUpload(body, { ...options(), extension: undefined });
    expect(upload.file.endsWith(`.${extension}`)).toBe(true);
  });

  it("unpacks gzip", async () => {
    const upload = await receiveUpload(Readable.from([gzipSync(csv)]), { ...options(), isGzip: true });
    expect(readFileSync(upload.file, "utf8")).toBe(csv);
  });

  it.each([
    ["a body over the limit", Buffer.alloc(1001, "x"), false, "REQUEST_BODY_TOO_LARGE"],
    ["a small gzip that unpacks beyond the limit", gzipSync(Buffer.alloc(1_000_000)), true, "REQUEST_BODY_TOO_LARGE"],
    ["a body that is not gzip", Buffer.from(csv), true, "INGEST_FILE_UNREADABLE"],
    ["half a gzip", gzipSync(csv).subarray(0, 20), true, "INGEST_FILE_UNREADABLE"],
    ["an empty body", Buffer.alloc(0), false, "REQUEST_INVALID"],
  ])("refuses %s and leaves no file", async (_name, body, isGzip, code) => {
    await expect(receiveUpload(Readable.from([body]), { ...options(), isGzip })).rejects.toMatchObject({ code });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves no file when the sender goes away", async () => {
    const body = new Readable({ read: () => {} });
    body.push("half");
    const received = receiveUpload(body, options());
    body.destroy(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
    await expect(received).rejects.toMatchObject({ code: "REQUEST_INVALID" });
    expect(readdirSync(folder)).toEqual([]);
  });
});
