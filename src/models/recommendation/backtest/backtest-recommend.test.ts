import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { createRng } from "../../../core/rng.ts";
import { backtestRecommend } from "./backtest-recommend.ts";
import { parseBacktestModel, type BacktestModel } from "./backtest-request.ts";
import { backtestSessions } from "./backtest-sessions.ts";

let folder: string;
let train: string;
let test: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tradewind-backtest-"));
  train = join(folder, "train.txt.gz");
  test = join(folder, "test.txt");
  // Two tastes: even users buy even items, odd users odd ones; each user lacks some, which the test asks for.
  const rng = createRng(5);
  const [trainLines, testLines]: string[][] = [[], []];
  for (let user = 0; user < 80; user++) {
    const taste = Array.from({ length: 20 }, (_, i) => `item${2 * ((i + user) % 20) + (user % 2)}`);
    const items = taste.filter(() => rng.next() < 0.7);
    trainLines.push([`user${user}`, ...items.slice(2)].join(" "));
    testLines.push([`user${user}`, ...items.slice(0, 2)].join(" "));
  }
  await writeFile(train, gzipSync(trainLines.join("\n")));
  await writeFile(test, `${testLines.join("\n")}\n\nuser-without-items\n`);
});
afterAll(async () => rm(folder, { recursive: true }));

function request(model: BacktestModel, k = 10) {
  return { train, test, k, model, seed: 3, onProgress: () => {} };
}

describe("backtestRecommend", () => {
  it("reads gzip and plain lines and finds the taste: 20 items of one, 20 shown, nothing missed", async () => {
    const answer = await backtestRecommend(request("item-knn", 20));
    expect(answer["recall@20"]).toBe(1);
    expect(answer).toMatchObject({ model: "item-knn", users: 80, trainUsers: 80, items: 40, testPairs: 160, seed: 3 });
    expect(answer["precision@20"]).toBeCloseTo(2 / 20, 12);
  });

  it("gives the same answer for the same seed, times aside", async () => {
    const withoutTimes = async () => {
      const answer = await backtestRecommend(request("implicit-als"));
      return { ...answer, fitCpuSec: 0, recommendCpuSec: 0 };
    };
    expect(await withoutTimes()).toEqual(await withoutTimes());
  });

  it("blends by itself, with shares that sum to 1", { timeout: 120_000 }, async () => {
    const answer = await backtestRecommend(request("auto", 20));
    expect(answer["model"]).toBe("blend");
    expect(answer["recall@20"]).toBe(1);
    // The parameters of a blend are a list of configurations with weights.
    const parts = answer["parameters"] as { weight: number }[];
    expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
  });

  it("answers even for one user with one item", { timeout: 120_000 }, async () => {
    const tiny = join(folder, "tiny.txt");
    await writeFile(tiny, "user0 item0\n");
    const answer = await backtestRecommend({ ...request("auto"), train: tiny });
    expect(answer).toMatchObject({ model: "blend", trainPairs: 1, items: 1, users: 80 });
    expect(answer["ndcg@10"]).toBeGreaterThanOrEqual(0);
  });

  it("counts an item that train does not know as missed", async () => {
    const strange = join(folder, "strange.txt");
    await writeFile(strange, "user0 never-seen-before\n");
    const answer = await backtestRecommend({ ...request("popularity"), test: strange });
    expect(answer["recall@10"]).toBe(0);
    expect(answer["users"]).toBe(1);
  });

  it("refuses a missing file, an empty one, damaged gzip and an unknown model by name", async () => {
    const empty = join(folder, "empty.txt");
    await writeFile(empty, "\n");
    const damaged = join(folder, "damaged.gz");
    await writeFile(damaged, "no gzip");
    const run = (file: string) => backtestRecommend({ ...request("popularity"), train: file });
    await expect(run(join(folder, "absent.txt"))).rejects.toThrow("absent.txt cannot be read");
    await expect(run(empty)).rejects.toThrow("holds no interaction");
    await expect(run(damaged)).rejects.toThrow("is not gzip");
    expect(() => parseBacktestModel("magic")).toThrow(AppError);
    expect(() => parseBacktestModel("magic")).toThrow("--model is «magic»");
  });
});

describe("backtestSessions", () => {
  it("predicts what followed before", async () => {
    const [sessions, cases] = [join(folder, "sessions.txt"), join(folder, "cases.txt")];
    await writeFile(sessions, Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? "a b c" : "x y z")).join("\n"));
    await writeFile(cases, "a b > c\nx y > z\n");
    const answer = await backtestSessions({ ...request("auto", 3), train: sessions, test: cases });
    expect(answer["precision@3"]).toBe(1);
    expect(answer["cases"]).toBe(2);
  });

  it("names the line that is no case", async () => {
    const [sessions, cases] = [join(folder, "sessions.txt"), join(folder, "bad-cases.txt")];
    await writeFile(sessions, "a b c\n");
    await writeFile(cases, "a > b\na b c\n");
    await expect(backtestSessions({ ...request("auto"), train: sessions, test: cases })).rejects.toThrow(
      "bad-cases.txt:2",
    );
  });
});
