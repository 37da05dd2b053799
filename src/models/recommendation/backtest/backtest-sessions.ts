import { bootstrapMean } from "../../../algorithms/evaluation/bootstrap-mean.ts";
import { fitSessionKnn } from "../../../algorithms/recommendation/session/fit-session-knn.ts";
import { measureSessions, type SessionCase } from "../../../algorithms/recommendation/session/measure-sessions.ts";
import { searchSessionKnn } from "../../../algorithms/recommendation/session/search-session-knn.ts";
import type { SessionList } from "../../../algorithms/recommendation/session/session-list.ts";
import { createRng } from "../../../core/rng.ts";
import { fail } from "../../../core/errors.ts";
import type { BacktestAnswer } from "./backtest-recommend.ts";
import type { BacktestRequest } from "./backtest-request.ts";
import { startCpuTimer } from "./cpu-seconds.ts";
import { IdRegistry, readText } from "./read-interaction-lines.ts";

/**
 * The session form of the backtest: train lines are sessions (items in order, oldest session first), test lines
 * `a b c > d`. Parameters are chosen on the newest training sessions. `precision@K` is the share of cases whose next item
 * is among the first K (P@K of the session literature, equal to `recall@K`); `mrr@K` the mean reciprocal rank.
 */
export async function backtestSessions(request: BacktestRequest): Promise<BacktestAnswer> {
  const items = new IdRegistry();
  const train = await readSessions(request.train, items);
  const trainItemCount = items.size;
  const cases = await readCases(request.test, items);

  const fitTimer = startCpuTimer();
  const params = searchSessionKnn(train, request.k, request.onProgress);
  const score = fitSessionKnn(train, params);
  const fitCpuSec = fitTimer();
  const recommendTimer = startCpuTimer();
  const { hit, reciprocalRank } = measureSessions(score, cases, request.k);
  const recommendCpuSec = recommendTimer();

  const precision = bootstrapMean(hit, createRng(request.seed));
  const mrr = bootstrapMean(reciprocalRank, createRng(request.seed));
  return {
    [`precision@${request.k}`]: precision.mean,
    [`recall@${request.k}`]: precision.mean,
    [`mrr@${request.k}`]: mrr.mean,
    intervals: {
      [`precision@${request.k}`]: [precision.low, precision.high],
      [`recall@${request.k}`]: [precision.low, precision.high],
      [`mrr@${request.k}`]: [mrr.low, mrr.high],
    },
    fitCpuSec,
    recommendCpuSec,
    model: "session-knn",
    parameters: params,
    cases: cases.length,
    trainSessions: train.ptr.length - 1,
    items: trainItemCount,
    seed: request.seed,
  };
}

async function readSessions(file: string, items: IdRegistry): Promise<SessionList> {
  const ptr = [0];
  const clicks: number[] = [];
  for (const line of (await readText(file)).split("\n")) {
    const ids = splitIds(line);
    if (ids.length === 0) continue;
    for (const id of ids) clicks.push(items.numberOf(id));
    ptr.push(clicks.length);
  }
  if (clicks.length === 0)
    throw fail("INGEST_FILE_UNREADABLE", `${file} holds no session; its lines should read «item item …».`);
  return { itemCount: items.size, ptr: Int32Array.from(ptr), items: Int32Array.from(clicks) };
}

async function readCases(file: string, items: IdRegistry): Promise<SessionCase[]> {
  const cases: SessionCase[] = [];
  for (const [index, line] of (await readText(file)).split("\n").entries()) {
    if (line.trim() === "") continue;
    const [prefix = "", next = ""] = line.split(">");
    const target = splitIds(next);
    if (target.length !== 1) {
      throw fail(
        "INGEST_FILE_UNREADABLE",
        `${file}:${index + 1} has no single item after «>»; write «item item … > next item».`,
      );
    }
    cases.push({ prefix: splitIds(prefix).map((id) => items.numberOf(id)), next: items.numberOf(target[0] ?? "") });
  }
  return cases;
}

function splitIds(text: string): string[] {
  return text.split(/\s+/).filter((id) => id !== "");
}
