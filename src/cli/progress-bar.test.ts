import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { RunProgress } from "../jobs/graph/run-progress.ts";
import type { Terminal } from "./command.ts";
import { createProgressDisplay, renderBar } from "./progress-bar.ts";
import { renderDuration } from "./render-duration.ts";
import { renderTable } from "./print-table.ts";

const progress = (changes: Partial<RunProgress>): RunProgress => ({
  step: "marts",
  state: "working",
  label: "",
  done: 0,
  total: 0,
  durationMs: 0,
  ...changes,
});

function createStream(isTTY: boolean): { stream: Terminal["stderr"]; text: () => string } {
  let written = "";
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString();
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY, columns: 80 }), text: () => written };
}

test("the bar shows the share that is done, and none while the total is unknown", () => {
  expect(renderBar(progress({ done: 1, total: 4, durationMs: 2500, label: "orders" }))).toBe(
    "… marts                  ██████░░░░░░░░░░░░░░░░░░  25%  2.5 s    orders",
  );
  expect(renderBar(progress({}))).toBe("… marts                  ░░░░░░░░░░░░░░░░░░░░░░░░       0.0 s");
  expect(renderBar(progress({ done: 9, total: 3 }))).toContain("100%");
});

test("on a terminal a step is one line that is redrawn; elsewhere only its end is written", () => {
  const events = [
    progress({ state: "started" }),
    progress({ done: 1, total: 2, durationMs: 100 }),
    progress({ state: "succeeded", durationMs: 12_300, label: "7 rows" }),
    progress({ step: "prune", state: "skipped", label: "unchanged" }),
  ];
  const plain = createStream(false);
  const lines = createProgressDisplay(plain.stream);
  events.forEach(lines.listen);
  lines.close();
  expect(plain.text()).toBe(
    "✔ marts                  12 s      7 rows\n– prune                  skipped   unchanged\n",
  );

  const tty = createStream(true);
  const bar = createProgressDisplay(tty.stream, () => 0);
  events.forEach(bar.listen);
  bar.close();
  expect(tty.text().split("\n")).toHaveLength(3);
  expect(tty.text()).toContain("\r\u001b[2K✔ marts");
});

test("on a terminal steps that run side by side have a line each, and one that ends leaves the others in place", () => {
  const tty = createStream(true);
  const bar = createProgressDisplay(tty.stream, () => 0);
  bar.listen(progress({ step: "first", state: "started" }));
  bar.listen(progress({ step: "second", state: "started" }));
  const before = tty.text().length;
  bar.listen(progress({ step: "first", state: "succeeded", label: "7 rows" }));
  bar.close();
  const [ended, drawn] = tty.text().slice(before).split("\n");
  expect(ended).toBe("\r\u001b[2K\u001b[1A\u001b[2K✔ first                  0.0 s     7 rows");
  expect(drawn).toContain("… second");
});

test("without a terminal a long step says where it is every ten seconds", () => {
  const plain = createStream(false);
  const lines = createProgressDisplay(plain.stream);
  for (let second = 0; second <= 25; second++) {
    lines.listen(progress({ done: second, total: 25, durationMs: second * 1000 }));
  }
  expect(plain.text().match(/\d+%/g)).toEqual(["40%", "80%"]);
});

test("durations and tables read easily", () => {
  expect([340, 9_940, 12_300, 125_000].map(renderDuration)).toEqual(["0.3 s", "9.9 s", "12 s", "2 min 05 s"]);
  const rows = [
    { name: "loaded", count: 1_067_371 },
    { name: "left", count: null },
  ];
  expect(
    renderTable(rows, [
      { title: "NAME", value: (row) => row.name },
      { title: "ROWS", value: (row) => row.count },
    ]),
  ).toBe("NAME         ROWS\nloaded  1,067,371\nleft            –\n");
});
