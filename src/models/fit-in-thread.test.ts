import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "../core/errors.ts";
import type { Progress } from "../core/progress.ts";
import { fitInThread } from "./fit-in-thread.ts";
import { coPurchase } from "./recommendation/co-purchase.ts";
import { contextFor, makeSales, openShop } from "./testing/small-shop.ts";

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop(makeSales(200));
});
afterAll(() => shop.close());

const signal = new AbortController().signal;

test("a fit in a thread gives what the fit here gives, byte for byte, and reports on its way", async () => {
  const context = contextFor(shop.session);
  const reports: Progress[] = [];
  const outcome = await fitInThread(coPurchase, { ...context, signal, onProgress: (report) => reports.push(report) });
  expect(outcome).toEqual(await coPurchase.fit(context));
  expect(reports.map(({ label }) => label)).toContain("read baskets");
});

test("an error of the fit, of its session or of a stop comes back as what it was", async () => {
  const context = contextFor(shop.session);
  const { session } = shop;
  const columns: typeof session.columns = (_, params) => session.columns("SELECT * FROM nowhere", params);
  const broken = fitInThread(coPurchase, { ...context, session: { ...session, columns }, signal });
  await expect(broken).rejects.toBeInstanceOf(AppError);
  await expect(broken).rejects.toMatchObject({ code: "WAREHOUSE_QUERY_FAILED" });

  const stopped = fitInThread(coPurchase, { ...context, signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: "JOB_STEP_FAILED" });
});
