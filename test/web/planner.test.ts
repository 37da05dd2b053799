import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/core/clock.ts";
import { silentLogger } from "../../src/core/log.ts";
import { packageRoot } from "../../src/core/paths.ts";
import { createRouteJobDesk } from "../../src/api/serving/create-route-job-desk.ts";
import { createRouteJobRunner } from "../../src/api/serving/route-job-runner.ts";
import type { RouteJobDesk } from "../../src/api/serving/route-job-desk.ts";
import { type ApiFixture, openApiFixture } from "../../src/api/testing/api-fixture.ts";
import { formatSpan } from "../../dashboards/web/src/planner/format-amounts.ts";
import { listMarks } from "../../dashboards/web/src/planner/list-marks.ts";
import { fitPoints } from "../../dashboards/web/src/planner/project-points.ts";
import type { RoutePlan } from "../../dashboards/web/src/planner/vroom.ts";
import { keepScreenshot, launchBrowser, noBrowser, openPage } from "./browser.ts";

let api: ApiFixture;
let desk: RouteJobDesk;
let url: string;
let browser: Browser;

if (noBrowser !== undefined) console.warn(`Skipped the route planner: ${noBrowser}.`);

/** Two vans and a tight afternoon; job 4 needs a skill that nobody has. */
const PROBLEM = {
  vehicles: [1, 2].map((id) => ({
    id,
    start: [4.9, 52.37],
    end: [4.9, 52.37],
    capacity: [2],
    time_window: [28_800, 64_800],
  })),
  jobs: [
    { id: 1, location: [4.92, 52.38], delivery: [1], service: 300 },
    { id: 2, location: [4.93, 52.39], delivery: [1], service: 300 },
    { id: 3, location: [4.86, 52.35], delivery: [1], service: 300 },
    { id: 4, location: [4.88, 52.36], delivery: [1], skills: [9] },
  ],
};

async function searchFor(page: Page, seconds: number): Promise<void> {
  await page.getByLabel("Seconds").fill(String(seconds));
  await page.getByRole("button", { name: "Find routes" }).click();
  await page.getByText("The search is over.").waitFor();
}

async function searchAgain(page: Page): Promise<void> {
  const ended = page.waitForResponse((response) => /\/jobs\/\w+$/.test(response.url()));
  await page.getByRole("button", { name: /Search again/ }).click();
  await ended;
  await page.getByText("The search is over.").waitFor();
}

/** Processor milliseconds of the page's main thread that choosing a stop on the timeline takes, on average. */
async function measureChoices(page: Page, count: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async (): Promise<number> => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const before = await read();
  await page.evaluate(async (choices) => {
    const stops = [...document.querySelectorAll(".timeline-stop rect")];
    for (let choice = 0; choice < choices; choice++) {
      stops[(choice * 97 + 13) % stops.length]?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    }
  }, count);
  return ((await read()) - before) * (1000 / count);
}

/** One van takes all, two more stand by. */
const LOCKABLE = {
  vehicles: [1, 2].map((id) => ({ id, start: [4.9, 52.37], end: [4.9, 52.37], capacity: [4] })),
  jobs: [4.93, 4.96, 4.99, 5.02].map((longitude, at) => ({
    id: at + 1,
    location: [longitude, 52.37 + 0.01 * at],
    delivery: [1],
    service: 300,
  })),
};

/** One van for two parcels that has three to bring: it comes back for the last. What is due as it leaves is late in any case. */
const TRIPS = {
  vehicles: [
    {
      id: 1,
      start: [4.9, 52.37],
      end: [4.9, 52.37],
      capacity: [2],
      time_window: [28_800, 64_800],
      max_trips: 3,
      reloads: [{ id: 3, location: [4.9, 52.37], service: 600, description: "Hub" }],
    },
  ],
  jobs: [4.93, 4.96, 4.99].map((longitude, at) => ({
    id: at + 1,
    location: [longitude, 52.37],
    delivery: [1],
    ...(at === 0 ? { due: 28_800, late_cost_per_hour: 60 } : {}),
  })),
};

interface SolvedJob {
  readonly job: { readonly solution: RoutePlan };
}

describe.skipIf(noBrowser !== undefined)("the route planner", () => {
  beforeAll(async () => {
    let count = 0;
    desk = createRouteJobDesk({
      runner: createRouteJobRunner({ maxThreads: 1 }),
      clock: systemClock,
      logger: silentLogger,
      createId: () => `j${++count}`,
      maxRunning: 1,
      maxWaiting: 2,
      keptJobs: 10,
      keptMs: 600_000,
    });
    const webFolder = join(packageRoot(), "dist", "web");
    [api, browser] = await Promise.all([openApiFixture(1, { routeJobs: desk, webFolder }), launchBrowser()]);
    url = `${await api.app.listen({ host: "127.0.0.1", port: 0 })}/planner`;
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
    await api?.close();
  });

  test("plans a pasted problem, says why a stop is left out, and re-checks what is moved by hand", async () => {
    const { page, faults, close } = await openPage(browser, url);
    await page.getByLabel(/Paste a problem/).fill(JSON.stringify(PROBLEM));
    await searchFor(page, 1);

    expect(await page.locator(".cost-curve path").getAttribute("d")).toMatch(/^M[\d.]+ [\d.]+/);
    await page.getByText("Breaks no rule.").waitFor();
    const tray = page.locator(".planner-tray");
    expect(await tray.textContent()).toContain("job 4");
    expect(await tray.textContent()).toContain("No vehicle has all the skills it needs.");
    expect(await page.locator(".planner-map .scale-bar").textContent()).toMatch(/^\d.* k?m$/);
    expect(await page.locator(".timeline-stop").count()).toBe(3);

    // One choice shows on the timeline, in the tables and in the panel that moves it.
    await page.locator(".timeline-stop rect").first().click();
    expect(await page.locator(".timeline-stop.is-chosen").count()).toBe(1);
    const chosen = (await page.locator(".planner-stops tr.is-chosen th").textContent()) ?? "";
    expect(await page.locator(".planner-stop").textContent()).toContain(chosen);

    // Kept, changed until the rules break, compared, undone.
    await page.getByRole("button", { name: "Keep for comparison" }).click();
    await tray.getByRole("button", { name: /job 4/ }).click();
    await page.getByLabel("Move to the end of vehicle").selectOption("1");
    await page.locator(".planner-violations").waitFor();
    expect(await page.locator(".planner-violations").textContent()).toContain("lacks a skill: #9");
    expect(await page.locator(".planner-comparison tbody").textContent()).toContain("job 4");
    await page.getByRole("button", { name: "Undo the last change" }).click();
    await page.getByText("Breaks no rule.").waitFor();

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download the plan as JSON" }).click();
    expect((await download).suggestedFilename()).toBe("solution.json");
    const saved = JSON.parse(readFileSync(await (await download).path(), "utf8")) as RoutePlan;
    expect(saved.routes.flatMap(({ steps }) => steps.filter(({ type }) => type === "job"))).toHaveLength(3);
    expect(saved.unassigned[0]).toMatchObject({ id: 4, reason: "skills" });
    expect(faults).toEqual([]);
    await keepScreenshot(page, "planner");
    await close();
  });

  test("reads a file, and shows what is chosen in one place in all others", async () => {
    const { page, faults, close } = await openPage(browser, url);
    const file = { name: "day.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(PROBLEM)) };
    await page.locator("input[type='file']").setInputFiles(file);
    await page.getByRole("button", { name: "Find routes", disabled: false }).waitFor();
    expect(await page.getByLabel(/Paste a problem/).inputValue()).toBe(JSON.stringify(PROBLEM));
    const ended = page.waitForResponse((response) => /\/jobs\/\w+$/.test(response.url()));
    await searchFor(page, 1);
    const { job } = (await (await ended).json()) as SolvedJob;
    const canvas = page.locator(".plan-map canvas");
    const [row, bar, pressed] = [
      page.locator(".planner-stops tr.is-chosen th"),
      page.locator(".timeline-stop.is-chosen title"),
      page.locator(".planner-tray button[aria-pressed='true']"),
    ];

    // On the map: a click on the place of job 3, by the same projection.
    const box = await canvas.boundingBox();
    const places = listMarks(job.solution, () => false);
    const projection = fitPoints(
      places.map(({ location }) => location),
      box?.width ?? 0,
      box?.height ?? 0,
    );
    const [x = 0, y = 0] = projection?.toPixels([4.86, 52.35]) ?? [];
    await canvas.click({ position: { x, y } });
    await row.waitFor();
    expect(await row.textContent()).toBe("job 3");
    expect(await bar.textContent()).toContain("job 3 · ");

    // On the timeline and in the tray: the map draws a ring, the others follow.
    const before = await canvas.screenshot();
    const [other] = await page.locator(".timeline-stop:not(.is-chosen) title").allTextContents();
    await page.locator(".timeline-stop:not(.is-chosen) rect").first().click();
    expect(other).toContain(`${await row.textContent()} · `);
    expect((await canvas.screenshot()).equals(before)).toBe(false);
    await page.locator(".planner-tray button").click();
    expect(await pressed.textContent()).toContain("job 4");
    expect(await page.locator(".planner-stop").textContent()).toContain("job 4: on no vehicle");
    const [tried] = places.filter(({ vehicle }) => vehicle === undefined);
    const at = projection?.toPixels(tried?.location ?? [0, 0]) ?? [0, 0];
    await page.locator(".planner-table tbody tr button").first().click();
    await canvas.click({ position: { x: at[0], y: at[1] } });
    expect(await pressed.textContent()).toContain("job 4");

    // After a change by hand the tray still says why a search left the task out.
    await page.locator(".timeline-stop rect").first().click();
    await page.getByRole("button", { name: "Take off the plan" }).click();
    await page.getByText("Left out: 2").waitFor();
    expect(await page.locator(".planner-tray").textContent()).toContain("No vehicle has all the skills it needs.");
    expect(await page.locator(".planner-tray").textContent()).toContain("It is not in this plan.");
    expect(faults).toEqual([]);
    await close();
  });

  test("names by how much a change by hand overloads a vehicle", async () => {
    const { page, faults, close } = await openPage(browser, url);
    await page.getByLabel(/Paste a problem/).fill(JSON.stringify(PROBLEM));
    await searchFor(page, 1);
    const rows = page.locator(".planner-table tbody tr");
    expect(await rows.count()).toBe(2);
    // The vehicle with one stop gives it to the one that is full.
    for (const row of await rows.all()) {
      if ((await row.locator("td").first().textContent()) === "1") await row.getByRole("button").click();
    }
    await page.locator(".planner-stops").getByRole("button").first().click();
    const select = page.getByLabel("Move to the end of vehicle");
    await select.selectOption({ index: 1 });
    await page.locator(".planner-violations").waitFor();
    expect(await page.locator(".planner-violations").textContent()).toContain("over capacity: +1");
    expect(faults).toEqual([]);
    await close();
  });

  test("searches again with a stop, the begin of a route and a vehicle locked", async () => {
    const { page, faults, close } = await openPage(browser, url);
    await page.getByLabel(/Paste a problem/).fill(JSON.stringify(LOCKABLE));
    await searchFor(page, 1);
    const locks = page.locator(".planner-locks");
    const stops = page.locator(".planner-stops tbody th");
    // By hand into an order that no search would choose: from the far end back.
    await page.locator(".planner-table tbody tr").first().getByRole("button").click();
    const last = (await stops.nth(4).textContent()) ?? "";
    await stops.nth(4).getByRole("button").click();
    for (let rank = 3; rank > 0; rank--) {
      await page.getByRole("button", { name: "Earlier" }).click();
      await page.getByText(`number ${rank} of 4`).waitFor();
    }
    // One choice puts it back and forth at once.
    await page.getByLabel("Put after").selectOption({ index: 3 });
    await page.getByText("number 4 of 4").waitFor();
    await page.getByLabel("Put after").selectOption({ label: "start" });
    await page.getByText("number 1 of 4").waitFor();
    await locks.getByRole("button", { name: `Lock the route up to ${last}` }).click();
    expect(await stops.nth(1).textContent()).toBe(`${last}locked`);
    expect(await locks.textContent()).toContain("Locked: 1");
    expect(await page.locator(".timeline-stop.is-locked").count()).toBe(1);
    const before = await page.locator(".planner-numbers dd").first().textContent();
    await searchAgain(page);
    // What was locked stays first, and the rest is better.
    expect(await stops.nth(1).textContent()).toContain(last);
    expect(await page.locator(".planner-numbers dd").first().textContent()).not.toBe(before);
    await page.getByText("Breaks no rule.").waitFor();
    expect(await page.locator(".planner-comparison").count()).toBe(1);

    // A stop tied to the vehicle breaks a rule when it is moved away by hand.
    await stops.nth(2).getByRole("button").click();
    const tied = ((await stops.nth(2).textContent()) ?? "").replace("locked", "");
    await locks.getByRole("button", { name: new RegExp(`Keep ${tied} on vehicle`) }).click();
    await page.getByLabel("Move to the end of vehicle").selectOption({ index: 1 });
    await page.locator(".planner-violations").waitFor();
    expect(await page.locator(".planner-violations").textContent()).toContain("locked to another vehicle");
    await page.getByRole("button", { name: "Undo the last change" }).click();

    // A whole route stays as it is.
    await page.locator(".planner-table tbody tr").first().getByRole("button").first().click();
    const order = await stops.allTextContents();
    await locks.getByRole("button", { name: /Lock all of vehicle/ }).click();
    await page.getByLabel("Cost of a change of vehicle").fill("100");
    await searchAgain(page);
    const plain = (names: string[]): string[] => names.map((name) => name.replace("locked", ""));
    expect(plain(await stops.allTextContents())).toEqual(plain(order));
    expect(faults).toEqual([]);
    await page.locator(".planner-locks").scrollIntoViewIfNeeded();
    await keepScreenshot(page, "planner-locks");
    await page.emulateMedia({ colorScheme: "dark" });
    await keepScreenshot(page, "planner-locks-dark");
    await close();
  });

  test("shows how late a stop and its route are, at what cost, and where a vehicle reloads", async () => {
    const { page, faults, close } = await openPage(browser, url);
    await page.getByLabel(/Paste a problem/).fill(JSON.stringify(TRIPS));
    const ended = page.waitForResponse((response) => /\/jobs\/\w+$/.test(response.url()));
    await searchFor(page, 1);
    const { job } = (await (await ended).json()) as SolvedJob;
    const { lateness = 0, lateness_cost: cost = 0 } = job.solution.summary;
    expect(lateness).toBeGreaterThan(0);
    expect(cost).toBe(Math.round(lateness / 60));
    const figures = await page.locator(".planner-numbers").textContent();
    expect(figures).toContain(`Late${formatSpan(lateness, "en")}`);
    expect(figures).toContain(`Cost of lateness${cost}`);
    const row = page.locator(".planner-table tbody tr").first();
    expect(await row.textContent()).toContain(`${formatSpan(lateness, "en")}, costs ${cost}`);
    expect(await row.textContent()).toContain("3 in 2 trips");

    await row.getByRole("button").click();
    const stops = page.locator(".planner-stops tbody tr");
    expect(await stops.filter({ hasText: "job 1" }).textContent()).toContain(formatSpan(lateness, "en"));
    expect(await page.locator(".planner-stops tr.is-reload th").textContent()).toBe("Reload at Hub, trip 2 begins");
    const times = (await page.locator(".timeline-stop title").allTextContents()).join();
    expect(times).toContain("Reload at Hub, trip 2 begins · ");
    expect(times).toContain(`Late: ${formatSpan(lateness, "en")}`);
    expect(await page.locator(".timeline-stop.is-reload").count()).toBe(1);
    expect(await page.locator(".timeline-late").count()).toBe(1);

    // Numbers count tasks, not reloads; a stop behind the reload says on which trip it is.
    await stops.nth(4).getByRole("button").click();
    await page.getByText(/number 3 of 3 on vehicle 1 · trip 2/).waitFor();
    expect(faults).toEqual([]);
    await keepScreenshot(page, "planner-trips");
    await close();
  });

  test("names at once what a change by hand breaks of what is locked, and puts it right in the next search", async () => {
    const { page, faults, close } = await openPage(browser, url);
    const asked = {
      ...LOCKABLE,
      vehicles: LOCKABLE.vehicles.map((vehicle) =>
        vehicle.id === 1 ? { ...vehicle, locked_steps: 1, steps: [{ type: "job", id: 2 }] } : vehicle,
      ),
    };
    await page.getByLabel(/Paste a problem/).fill(JSON.stringify(asked));
    await searchFor(page, 1);
    const [locks, violations] = [page.locator(".planner-locks"), page.locator(".planner-violations")];
    const stops = page.locator(".planner-stops tbody th");
    const undo = async (): Promise<void> => {
      await page.getByRole("button", { name: "Undo the last change" }).click();
      await page.getByText("Breaks no rule.").waitFor();
    };
    // What the problem locks is locked on the page.
    expect(await locks.textContent()).toContain("Locked: 1");
    await page.locator(".planner-table tbody tr").first().getByRole("button").click();
    expect(await stops.nth(1).textContent()).toBe("job 2locked");

    await stops.nth(1).getByRole("button").click();
    await page.getByRole("button", { name: "Later" }).click();
    await violations.waitFor();
    expect(await violations.textContent()).toContain("not locked, but number 1 among what is");
    await undo();
    await page.getByLabel("Move to the end of vehicle").selectOption("2");
    await violations.waitFor();
    expect(await violations.textContent()).toBe(
      "Vehicle 1, job 2: locked to vehicle 1 as number 1, but is on vehicle 2 as number 1",
    );
    expect(await page.locator(".planner-stops td.planner-broken").textContent()).toContain("locked to vehicle 1");
    expect(await page.locator(".timeline-stop.is-broken").count()).toBe(1);
    await searchAgain(page);
    await page.getByText("Breaks no rule.").waitFor();
    await page.locator(".planner-table tbody tr").first().getByRole("button").first().click();
    expect(await stops.nth(1).textContent()).toBe("job 2locked");

    // Nothing may be added to a route that is locked as a whole, nor taken off it.
    await stops.nth(2).getByRole("button").click();
    const other = ((await stops.nth(2).textContent()) ?? "").replace("locked", "");
    await page.getByRole("button", { name: "Take off the plan" }).click();
    await page.locator(".planner-tray").getByRole("button").waitFor();
    await page.locator(".planner-table tbody tr").first().getByRole("button").first().click();
    await locks.getByRole("button", { name: /Lock all of vehicle 1/ }).click();
    await page.locator(".planner-tray").getByRole("button").click();
    await page.getByLabel("Move to the end of vehicle").selectOption("1");
    await violations.waitFor();
    expect(await violations.textContent()).toBe(`Vehicle 1, ${other}: not locked, but number 4 among what is`);
    expect(faults).toEqual([]);
    await keepScreenshot(page, "planner-broken-locks");
    await close();
  });

  test("says what is wrong with a problem, in the words of the API", async () => {
    const { page, close } = await openPage(browser, url);
    await page.getByLabel(/Paste a problem/).fill("{");
    await page.getByRole("button", { name: "Find routes" }).click();
    await page.getByText(/This is not JSON/).waitFor();
    await page.getByLabel(/Paste a problem/).fill(JSON.stringify({ ...PROBLEM, jobs: [{ id: 1 }] }));
    await page.getByRole("button", { name: "Find routes" }).click();
    await page.getByText("/jobs/0/location").waitFor();
    expect(await page.getByRole("alert").textContent()).toBe("/jobs/0/location or location_index is required.");
    await close();
  });

  test("shows 1,000 stops, stopped early, in Chinese too", async () => {
    const { page, faults, close } = await openPage(browser, `${url}?lang=zh`, { locale: "zh-CN" });
    expect(await page.textContent("h1")).toBe("路线规划");
    await page.getByRole("button", { name: "示例：1,000 个站点" }).click();
    await page.getByLabel("秒数").fill("600");
    await page.getByRole("button", { name: "查找路线" }).click();
    await page.locator(".planner-best").waitFor();
    await page.getByRole("button", { name: "停止并保留最优" }).click();
    await page.locator(".timeline-stop").first().waitFor();
    expect(await page.locator(".timeline-stop").count()).toBeGreaterThan(900);
    // A click on the map chooses the nearest stop.
    const box = await page.locator(".plan-map canvas").boundingBox();
    await page.locator(".plan-map canvas").click({ position: { x: (box?.width ?? 0) / 2 + 30, y: 200 } });
    expect(await page.locator(".timeline-stop.is-chosen").count()).toBe(1);
    // Choosing is smooth: a small part of a tenth of a second of the page's thread, whatever else the machine does.
    expect(await measureChoices(page, 8)).toBeLessThan(100);
    expect(faults).toEqual([]);
    await keepScreenshot(page, "planner-1000");
    await close();
  });
});
