import { bootstrapMean, type MeanInterval } from "../../algorithms/evaluation/bootstrap-mean.ts";
import {
  fitSessionKnn,
  SESSION_KNN_DEFAULTS,
  type SessionKnnParams,
  type SessionScorer,
} from "../../algorithms/recommendation/session/fit-session-knn.ts";
import { measureSessions } from "../../algorithms/recommendation/session/measure-sessions.ts";
import { searchSessionKnn } from "../../algorithms/recommendation/session/search-session-knn.ts";
import { addDays } from "../../core/dates.ts";
import { createRng } from "../../core/rng.ts";
import { reportStep, type Model, type ModelContext, type ModelOutcome } from "../model.ts";
import { encodeSessionParams, readSessionParams, SESSION_ARTEFACT } from "./artefact.ts";
import { packSessions } from "./collect-sessions.ts";
import { holdOutSessions, type HeldOutSessions } from "./hold-out-sessions.ts";
import { rankPopularClicks } from "./rank-popular-clicks.ts";
import { readSessions, VIEW_DAYS } from "./read-sessions.ts";

const K = 20;
/** Fewer sessions say less than what is bought together. */
const FEWEST_SESSIONS = 100;
/** Next clicks that each trial of the search is judged on; a pass over them takes a quarter of a second. */
const SEARCH_CASES = 1500;

const GATE_RULE =
  `Next click of the newest sessions, unseen by the fit: MRR@${K} is above that of the items clicked most, with the whole paired ` +
  "bootstrap interval, and not below that of the parameters published before, with the whole of theirs.";
const UNMEASURED_RULE = `Fewer than ${FEWEST_SESSIONS} sessions of two clicks: what is bought together serves.`;

/** What a visit goes on to after its clicks, from visits alike (V-SKNN); backtested against the items clicked most. */
export const sessionKnn: Model = {
  name: "session-knn",
  fit: async (context): Promise<ModelOutcome> => {
    reportStep(context, "read sessions", 0, 3);
    const { sessions, itemCount } = await readSessions(context.session);
    const held = sessions.length < FEWEST_SESSIONS ? undefined : holdOutSessions(sessions);
    const judged = held === undefined ? undefined : judge(held, itemCount, context);
    return {
      card: {
        name: "session-knn",
        version: "1",
        artefacts: [SESSION_ARTEFACT],
        window: { from: addDays(context.asOf, 1 - VIEW_DAYS), to: context.asOf },
        trainedOn: sessions.reduce((sum, clicks) => sum + clicks.length, 0),
        parameters: { ...judged?.params },
        metrics: { sessions: sessions.length, ...judged?.metrics },
        baseline: { ...judged?.baseline },
        gate: { rule: judged === undefined ? UNMEASURED_RULE : GATE_RULE, passed: judged?.isBetter ?? false },
        seed: context.seed,
      },
      files: [
        {
          name: SESSION_ARTEFACT,
          bytes: encodeSessionParams(judged?.params ?? { ...SESSION_KNN_DEFAULTS, repeatWeight: 0 }),
        },
      ],
    };
  },
};

interface Judgement {
  readonly params: SessionKnnParams;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
  readonly isBetter: boolean;
}

/** Chooses parameters on the newest of the training sessions, then measures them once on the sessions held out. */
function judge(held: HeldOutSessions, itemCount: number, context: ModelContext): Judgement {
  const train = packSessions(held.train, itemCount);
  reportStep(context, "choose parameters", 1, 3);
  const params = searchSessionKnn(train, K, ({ label }) => reportStep(context, label, 1, 3), {
    mayRepeat: false,
    mostCases: SEARCH_CASES,
  });
  reportStep(context, "backtest", 2, 3);
  const measure = (score: SessionScorer) => measureSessions(score, held.cases, K);
  const own = measure(fitSessionKnn(train, params));
  const popular = measure(rankPopularClicks(held.train, itemCount));
  const before = readSessionParams(context.previous?.parameters ?? {});
  const gainOn = (other: Float64Array): MeanInterval =>
    bootstrapMean(
      own.reciprocalRank.map((value, at) => value - (other[at] as number)),
      createRng(context.seed),
    );
  const gain = gainOn(popular.reciprocalRank);
  const onPrevious = before === undefined ? undefined : gainOn(measure(fitSessionKnn(train, before)).reciprocalRank);
  return {
    params,
    metrics: {
      cases: held.cases.length,
      ...nameFigures(own),
      nextClickMrrGain: gain.mean,
      nextClickMrrGainLow: gain.low,
      nextClickMrrGainHigh: gain.high,
    },
    baseline: nameFigures(popular),
    isBetter: gain.low > 0 && (onPrevious === undefined || onPrevious.high >= 0),
  };
}

function nameFigures({ hit, reciprocalRank }: ReturnType<typeof measureSessions>): Record<string, number> {
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { [`nextClickHitRateAt${K}`]: mean(hit), [`nextClickMrrAt${K}`]: mean(reciprocalRank) };
}
