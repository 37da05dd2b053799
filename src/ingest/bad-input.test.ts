import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openTestWarehouse, RETAIL_HEADER, retailCsv, type TestWarehouse } from "./testing/test-warehouse.ts";

let shop: TestWarehouse;
beforeEach(async () => {
  shop = await openTestWarehouse();
});
afterEach(() => shop.close());

const GOOD = "536365,85123A,WHITE MUG,6,2010-12-01 08:26:00,2.55,17850,United Kingdom";

interface Refusal {
  readonly code: unknown;
  readonly detail: unknown;
  /** Rows and files that the failed load left in the tables. */
  readonly traces: unknown;
}

/** What a load that must fail as a whole says, and what it leaves behind. */
async function refusalOf(load: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await load.then(
    () => ({ code: "none", detail: "the load succeeded" }),
    (reason: unknown) => reason,
  );
  const { code, detail } = error as Partial<Refusal>; // every expected failure is an AppError
  const [left] = await shop.rows("SELECT (SELECT count(*) FROM fct_order_line) + (SELECT count(*) FROM raw_file) AS n");
  return { code, detail, traces: left?.["n"] };
}

function refused(code: string, message: RegExp): Refusal {
  return { code, detail: expect.stringMatching(message), traces: 0 };
}

describe("files that cannot be used", () => {
  test("a file that does not exist", async () => {
    expect(await refusalOf(shop.load({ file: join(shop.folder, "none.csv") }))).toEqual(
      refused("INGEST_FILE_NOT_FOUND", /none\.csv does not exist/),
    );
  });

  test("an unknown extension", async () => {
    expect(await refusalOf(shop.load({ file: shop.write("lines.xlsx", "x") }))).toEqual(
      refused("INGEST_FILE_UNREADABLE", /use \.csv/),
    );
  });

  test.each([
    [
      "an Excel workbook named .csv",
      "lines.csv",
      Buffer.from("504b030414000600", "hex"),
      /is a ZIP archive or an Excel workbook/,
    ],
    [
      "text named .parquet",
      "lines.parquet",
      Buffer.from("invoice_no,stock_code\n"),
      /says it is parquet but is not Parquet/,
    ],
    ["Parquet named .csv", "lines.csv", Buffer.from("PAR1....PAR1"), /is Parquet/],
    ["text named .gz", "lines.csv.gz", Buffer.from("invoice_no\n"), /is not gzip/],
    ["gzip named .csv", "lines.csv", gzipSync("invoice_no\n"), /add \.gz to its name/],
    ["UTF-16 text", "lines.csv", Buffer.from("\ufeffinvoice_no", "utf16le"), /UTF-16/],
    ["text with NUL bytes", "lines.csv", Buffer.from("invoice_no,stock\n1,\0\n"), /byte 19 is NUL; export it as UTF-8/],
    ["an empty file", "lines.csv", Buffer.alloc(0), /is empty/],
    ["a gzip file cut short", "lines.csv.gz", gzipSync(retailCsv(GOOD)).subarray(0, 60), /damaged gzip/],
    [
      "a header that is not closed",
      "lines.csv",
      Buffer.from('invoice_no,"stock_code\n1,2\n'),
      /line 1: the header is not closed/,
    ],
  ])("%s", async (_, name, content, message) => {
    expect(await refusalOf(shop.load({ file: shop.write(name, content) }))).toEqual(
      refused("INGEST_FILE_UNREADABLE", message),
    );
  });

  test("a Parquet file cut short", async () => {
    const file = join(shop.folder, "lines.parquet");
    await shop.warehouse.session.run(
      `COPY (SELECT range AS invoice_no FROM range(1000)) TO '${file}' (FORMAT parquet)`,
    );
    truncateSync(file, 400);
    expect(await refusalOf(shop.load({ file }))).toEqual(refused("INGEST_FILE_UNREADABLE", /a truncated Parquet file/));
  });

  test("a Parquet file with garbage inside", async () => {
    const garbage = Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(200, 7), Buffer.from("PAR1")]);
    expect(await refusalOf(shop.load({ file: shop.write("x.parquet", garbage) }))).toEqual(
      refused("INGEST_FILE_UNREADABLE", /damaged Parquet/),
    );
  });

  test("a missing column names the file, the column and what is there", async () => {
    const file = shop.write("lines.csv", "invoice_no,stock_code,quantity,invoice_date,country\n1,2,3,4,5\n");
    expect(await refusalOf(shop.load({ file }))).toEqual(
      refused(
        "INGEST_COLUMN_MISSING",
        /lines\.csv, line 1: column "unit_price" or "UnitPrice" or "Price" is missing.*"invoice_no", "stock_code"/,
      ),
    );
  });

  test("a header name that stands twice", async () => {
    const file = shop.write("lines.csv", `${RETAIL_HEADER},Quantity\n`);
    expect(await refusalOf(shop.load({ file }))).toEqual(
      refused("INGEST_FILE_UNREADABLE", /column "quantity" stands twice/),
    );
  });

  test("a link that leads out of its folder", async () => {
    shop.write("outside/lines.csv", retailCsv(GOOD));
    mkdirSync(join(shop.folder, "inbox"));
    const link = join(shop.folder, "inbox", "lines.csv");
    symlinkSync("../outside/lines.csv", link);
    expect(await refusalOf(shop.load({ file: link }))).toEqual(
      refused("INGEST_PATH_REFUSED", /leads outside its folder/),
    );
  });

  test("a file over the size limit", async () => {
    const file = shop.write("lines.csv", retailCsv(GOOD));
    expect(await refusalOf(shop.load({ file, limits: { maxFileBytes: 10 } }))).toEqual(
      refused("INGEST_FILE_TOO_LARGE", /more than the limit of 10/),
    );
  });

  test("a gzip bomb stops at the limit of bytes or of the ratio", async () => {
    const bomb = gzipSync(Buffer.alloc(30_000_000, "a"));
    const file = shop.write("bomb.csv.gz", bomb);
    expect(await refusalOf(shop.load({ file }))).toEqual(refused("INGEST_FILE_TOO_LARGE", /200 times its size/));
    expect(await refusalOf(shop.load({ file, limits: { maxUnpackRatio: 1e9, maxUnpackedBytes: 5_000_000 } }))).toEqual(
      refused("INGEST_FILE_TOO_LARGE", /the limits are 5000000 bytes/),
    );
  });

  test("an unknown dataset or source, or a source without the dataset", async () => {
    const file = shop.write("lines.csv", retailCsv(GOOD));
    expect(await refusalOf(shop.load({ file, dataset: "orderlines" }))).toEqual(
      refused("INGEST_DATASET_UNKNOWN", /known are .*order-lines/),
    );
    expect(await refusalOf(shop.load({ file, source: "amazon" }))).toEqual(
      refused("INGEST_SOURCE_UNKNOWN", /known are .*online-retail/),
    );
    expect(await refusalOf(shop.load({ file, source: "scms" }))).toEqual(
      refused("INGEST_SOURCE_UNKNOWN", /it has shipments/),
    );
  });
});

describe("files that look odd but are fine", () => {
  test.each([
    ["header only", `${RETAIL_HEADER}\n`, 0],
    ["header without line end", RETAIL_HEADER, 0],
    ["byte order mark", `\ufeff${retailCsv(GOOD)}`, 1],
    ["CRLF", retailCsv(GOOD, GOOD).replaceAll("\n", "\r\n"), 2],
    ["no line end at the end", retailCsv(GOOD, GOOD).trimEnd(), 2],
    ["empty lines", `${retailCsv(GOOD)}\n\n${GOOD}\n`, 2],
    [
      "quotes, delimiters and line ends inside fields",
      retailCsv('1,A,"a ""mug"", white\nlarge",1,2010-12-01 08:26:00,1,,NO'),
      1,
    ],
    [
      "columns in another order and case",
      `Country,${RETAIL_HEADER.replace(",country", "").toUpperCase()}\nNO,1,A,x,1,2010-12-01 08:26:00,1,7\n`,
      1,
    ],
  ])("%s", async (_, content, rows) => {
    expect(await shop.load({ file: shop.write("lines.csv", content) })).toMatchObject({
      rowsIn: rows,
      rowsLoaded: rows,
      rowsQuarantined: 0,
    });
  });
});

describe("rows that do not fit", () => {
  /** Column of the file → bad value → reason and message. */
  test.each([
    [
      "a date in 2109",
      GOOD.replace("2010-12", "2109-12"),
      "VALUE_OUT_OF_RANGE",
      "ordered_at",
      'invoice_date is "2109-12-01 08:26:00", above 2026-06-03; correct it.',
    ],
    [
      "a date before the web",
      GOOD.replace("2010-12", "1910-12"),
      "VALUE_OUT_OF_RANGE",
      "ordered_at",
      "below 1995-01-01",
    ],
    [
      "a day that does not exist",
      GOOD.replace("2010-12-01", "2010-02-30"),
      "VALUE_NOT_A_DATE",
      "ordered_at",
      'invoice_date is "2010-02-30 08:26:00", no date of the form iso',
    ],
    [
      "a negative price",
      GOOD.replace("2.55", "-2.55"),
      "VALUE_OUT_OF_RANGE",
      "unit_price",
      'unit_price is "-2.55", below 0',
    ],
    [
      "a price that is prose",
      GOOD.replace("2.55", "free"),
      "VALUE_NOT_A_NUMBER",
      "unit_price",
      'unit_price is "free", no number',
    ],
    [
      "a fraction of an article",
      GOOD.replace(",6,", ",1.5,"),
      "VALUE_NOT_A_NUMBER",
      "quantity",
      'quantity is "1.5", no whole number',
    ],
    ["no quantity", GOOD.replace(",6,", ",,"), "VALUE_MISSING", "quantity", "quantity is empty; fill it in."],
    ["no invoice number", GOOD.replace("536365", " "), "VALUE_MISSING", "order_id", "invoice_no is empty"],
    [
      "an unknown country",
      GOOD.replace("United Kingdom", "Atlantis"),
      "MARKET_UNKNOWN",
      "market_id",
      'country is "Atlantis", no known country',
    ],
    [
      "an over-long article",
      GOOD.replace("85123A", "8".repeat(65)),
      "VALUE_TOO_LONG",
      "product_id",
      "more than 64 characters",
    ],
    ["an absurd quantity", GOOD.replace(",6,", ",99999999999,"), "VALUE_OUT_OF_RANGE", "quantity", "above 10000000"],
  ])("%s", async (_, line, code, column, message) => {
    const sheet = await shop.load({ file: shop.write("lines.csv", retailCsv(GOOD, line, GOOD)) });
    expect(sheet).toMatchObject({ rowsIn: 3, rowsLoaded: 2, rowsQuarantined: 1 });
    expect(sheet.reasons).toEqual([{ code, column, count: 1, example: expect.stringContaining(message) }]);
    expect(await shop.rows("SELECT file_name, line_no, raw_line FROM raw_quarantine")).toEqual([
      { file_name: "lines.csv", line_no: 3, raw_line: line },
    ]);
  });

  test("an unknown currency", async () => {
    const file = shop.write(
      "generic.csv",
      "store_id,order_id,ordered_at,market,product_id,quantity,unit_price,currency\ns,1,2024-01-01,NO,A,1,5,EUR\ns,2,2024-01-01,NO,A,1,5,BTC\n",
    );
    const sheet = await shop.load({ file, source: "generic" });
    expect(sheet).toMatchObject({ rowsLoaded: 1, rowsQuarantined: 1 });
    expect(sheet.reasons[0]).toMatchObject({
      code: "CURRENCY_UNKNOWN",
      example: expect.stringContaining('currency is "BTC"'),
    });
  });

  test("too few and too many fields, stray quotes, bad encoding and an over-long line keep their neighbours", async () => {
    const lines: (string | Uint8Array)[] = [
      GOOD,
      "1,2,3",
      `${GOOD},9`,
      GOOD.replace("WHITE MUG", '"WHITE" MUG'),
      Buffer.from(GOOD.replace("WHITE MUG", "CAF\u00c9"), "latin1"),
      GOOD.replace("WHITE MUG", '"a\nb"').replace(",6,", ",six,"),
      GOOD.replace("WHITE MUG", "M".repeat(5000)),
      GOOD,
      GOOD.replace("WHITE MUG", '"WHITE MUG'),
    ];
    const content = Buffer.concat(
      [RETAIL_HEADER, ...lines].map((line) => Buffer.concat([Buffer.from(line), Buffer.from("\n")])),
    );
    const sheet = await shop.load({ file: shop.write("lines.csv", content), limits: { maxLineBytes: 3000 } });
    expect(sheet).toMatchObject({ rowsIn: 9, rowsLoaded: 2, rowsQuarantined: 7 });
    const refused = await shop.rows(
      "SELECT line_no, reason_code, message, left(raw_line, 40) AS raw FROM raw_quarantine ORDER BY line_no",
    );
    expect(refused.map((row) => [row["line_no"], row["reason_code"]])).toEqual([
      [3, "LINE_MALFORMED"],
      [4, "LINE_MALFORMED"],
      [5, "LINE_MALFORMED"],
      [6, "LINE_ENCODING"],
      [7, "VALUE_NOT_A_NUMBER"],
      [9, "LINE_TOO_LONG"],
      [11, "LINE_MALFORMED"],
    ]);
    expect(refused[0]?.["message"]).toContain("line has 3 fields, the header has 8");
    expect(refused[2]?.["message"]).toContain("text after a closing quote");
    expect(refused[3]?.["message"]).toContain("byte 0xc9");
    expect(refused[3]?.["raw"]).toContain("CAF\u00c9");
    expect(refused[6]?.["message"]).toContain("quote that is not closed");
  });

  test("JSON lines that are no objects", async () => {
    const good = {
      invoice_no: "1",
      stock_code: "A",
      quantity: 1,
      invoice_date: "2010-12-01 08:00:00",
      unit_price: 1,
      country: "NO",
    };
    const content = [JSON.stringify(good), "{oops", "[1]", "", JSON.stringify({ ...good, unit_price: "x" })].join("\n");
    const sheet = await shop.load({ file: shop.write("lines.ndjson", content) });
    expect(sheet).toMatchObject({ rowsIn: 4, rowsLoaded: 1, rowsQuarantined: 3 });
    expect(await shop.rows("SELECT line_no, reason_code FROM raw_quarantine ORDER BY line_no")).toEqual([
      { line_no: 2, reason_code: "LINE_MALFORMED" },
      { line_no: 3, reason_code: "LINE_MALFORMED" },
      { line_no: 5, reason_code: "VALUE_NOT_A_NUMBER" },
    ]);
  });

  test("a bad row of a Parquet file is kept as JSON with its number", async () => {
    const file = join(shop.folder, "lines.parquet");
    await shop.warehouse.session.run(
      `COPY (SELECT range::VARCHAR AS invoice_no, 'A' AS stock_code, 1 AS quantity, TIMESTAMP '2010-12-01' AS invoice_date,
        CASE WHEN range = 1 THEN -1.0 ELSE 1.0 END AS unit_price, 'NO' AS country FROM range(3)) TO '${file}' (FORMAT parquet)`,
    );
    expect(await shop.load({ file })).toMatchObject({ rowsIn: 3, rowsLoaded: 2, rowsQuarantined: 1 });
    const [row] = await shop.rows("SELECT line_no, raw_line FROM raw_quarantine");
    expect(row?.["line_no"]).toBe(2);
    expect(JSON.parse(String(row?.["raw_line"]))).toMatchObject({ invoice_no: "1", stock_code: "A" });
  });

  test("a field of many megabytes is refused in bounded memory", async () => {
    const megabytes = process.env["TRADEWIND_TEST_PROFILE"] === "nightly" ? 400 : 40;
    const huge = Buffer.alloc(megabytes * 1024 * 1024, "x");
    const content = Buffer.concat([
      Buffer.from(`${RETAIL_HEADER}\n${GOOD}\n1,A,`),
      huge,
      Buffer.from(`,1,2\n${GOOD}\n`),
    ]);
    const sheet = await shop.load({ file: shop.write("lines.csv", content) });
    expect(sheet).toMatchObject({ rowsIn: 3, rowsLoaded: 2, rowsQuarantined: 1 });
    const [row] = await shop.rows("SELECT line_no, reason_code, length(raw_line) AS kept FROM raw_quarantine");
    expect(row).toEqual({ line_no: 3, reason_code: "LINE_TOO_LONG", kept: 4096 });
  });
});
