import type { ProgressListener } from "../../../core/progress.ts";
import { fitSessionKnn, SESSION_KNN_DEFAULTS, type SessionKnnParams } from "./fit-session-knn.ts";
import { measureSessions, type SessionCase } from "./measure-sessions.ts";
import { sessionCount, type SessionList } from "./session-list.ts";

/** Values tried for each parameter, in the order of the search. */
const GRID: readonly (readonly [keyof SessionKnnParams, readonly number[]])[] = [
  ["repeatWeight", [0.5, 2, 4]],
  ["distanceWeight", [0.5, 1]],
  ["decay", [0.3, 0.7, 0.85]],
  ["idfPower", [0.5, 2]],
  ["neighbours", [100, 1500]],
];

/** The newest sessions judge, the rest is fitted. */
const VALIDATION_SHARE = 0.1;
/** Cases judged on; more only cost time. */
const MOST_CASES = 6000;

export interface SessionSearch {
  /** False: what was clicked already is not shown again, and a click that repeats one is no case. True unless said. */
  readonly mayRepeat?: boolean;
  /** Cases that a trial is judged on, 6,000 unless said. */
  readonly mostCases?: number;
}

/**
 * Chooses the parameters of V-SKNN on the newest tenth of the training sessions, one parameter at a time, by the mean of
 * the hit rate and MRR at k. Deterministic. Time that of 13 fits and passes over the cases.
 */
export function searchSessionKnn(
  train: SessionList,
  k: number,
  onProgress: ProgressListener,
  { mayRepeat = true, mostCases = MOST_CASES }: SessionSearch = {},
): SessionKnnParams {
  const grid = mayRepeat ? GRID : GRID.filter(([name]) => name !== "repeatWeight");
  const first = mayRepeat ? SESSION_KNN_DEFAULTS : { ...SESSION_KNN_DEFAULTS, repeatWeight: 0 };
  const cut = Math.floor(sessionCount(train) * (1 - VALIDATION_SHARE));
  const fit: SessionList = { ...train, ptr: train.ptr.subarray(0, cut + 1) };
  const cases = thin(casesOf(train, cut, mayRepeat), mostCases);
  if (cases.length === 0) return first;
  let done = 0;
  const total = 1 + grid.reduce((sum, [, values]) => sum + values.length, 0);
  const judge = (params: SessionKnnParams): number => {
    const { hit, reciprocalRank } = measureSessions(fitSessionKnn(fit, params), cases, k);
    const quality = (sum(hit) + sum(reciprocalRank)) / (2 * cases.length);
    onProgress({ label: `try ${JSON.stringify(params)} → ${quality.toFixed(4)}`, done: ++done, total });
    return quality;
  };
  let best = first;
  let bestQuality = judge(best);
  for (const [name, values] of grid) {
    const base = best;
    for (const value of values) {
      const params = { ...base, [name]: value };
      const quality = judge(params);
      if (quality > bestQuality) [best, bestQuality] = [params, quality];
    }
  }
  return best;
}

/** Every prefix of the sessions from `first` on with its next item. */
function casesOf(sessions: SessionList, first: number, mayRepeat: boolean): SessionCase[] {
  const cases: SessionCase[] = [];
  for (let session = first; session < sessionCount(sessions); session++) {
    const items = sessions.items.subarray(sessions.ptr[session], sessions.ptr[session + 1]);
    for (let length = 1; length < items.length; length++) {
      const [prefix, next] = [items.subarray(0, length), items[length]];
      if (mayRepeat || !prefix.includes(next)) cases.push({ prefix, next });
    }
  }
  return cases;
}

/** Evenly spread over the cases. */
function thin(cases: readonly SessionCase[], most: number): SessionCase[] {
  const step = Math.max(1, cases.length / most);
  return Array.from({ length: Math.min(cases.length, most) }, (_, index) => cases[Math.floor(index * step)]);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
