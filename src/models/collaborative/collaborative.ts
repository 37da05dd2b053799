import { bootstrapMean } from "../../algorithms/evaluation/bootstrap-mean.ts";
import type { KernelEngine } from "../../algorithms/kernels/kernel-engine.ts";
import type { ItemNeighbours } from "../../algorithms/recommendation/item-neighbours.ts";
import { selectRows } from "../../algorithms/recommendation/collaborative/select-rows.ts";
import { fromDayNumber, toDayNumber } from "../../core/dates.ts";
import { createRng } from "../../core/rng.ts";
import { openKernelEngine } from "../kernels/open-kernel-engine.ts";
import { linesBetween, markKnownItems, readBasketData, type BasketData } from "../recommendation/basket-data.ts";
import { drawSimilarCases, measureSimilar, nameSimilarFigures } from "../recommendation/measure-similar.ts";
import { reportStep, type Model, type ModelContext, type ModelOutcome } from "../model.ts";
import { ARTEFACT_NAMES, encodeCollaborative, type PublishedStore } from "./artefacts.ts";
import { chooseParams, countQueries } from "./choose-params.ts";
import { describeRanking, describeRepeats, listForWindow, ndcgByCustomer, type Figures } from "./evaluate-store.ts";
import { fitStore, sparsifyModel } from "./fit-store.ts";
import { carveWindow, knowBefore, type Holdout } from "./holdout.ts";
import { LIST_LENGTH, MIN_QUERIES, WINDOW_DAYS, type StoreParams } from "./params.ts";
import { listPopular } from "./popular-lists.ts";
import { readStoreLogs, type StoreLog } from "./store-log.ts";
import { trendOffsets } from "./trend-offsets.ts";

const GATE_RULE =
  `On the last ${WINDOW_DAYS} days, unseen by the fit: NDCG@20 of purchases new to the customer is above that of the ` +
  "market's popular items, with the whole paired bootstrap interval, and not below that of the parameters published " +
  "before, fitted on the same days, with the whole of theirs.";
const VERSION = "1";
const UNMEASURED_RULE = "Too little history to measure a model: popular items serve.";
/** Customers measured in the test window. */
const MOST_TESTED = 10_000;

type Interval = ReturnType<typeof bootstrapMean>;

/** Measures the similar items of a store by the neighbours of those items that it asks for. */
type MeasureStoreSimilar = (store: string, sparsify: (asked: ReadonlySet<number>) => ItemNeighbours) => Figures;

/** A store that passed, and the figures of its test window. */
interface Measured {
  readonly data: StoreLog;
  readonly params: StoreParams;
  readonly metrics: Figures;
  readonly baseline: Figures;
  /** NDCG@20 of the model above the baseline's: mean and interval. */
  readonly gain: Interval;
  /** The same above the parameters of the current release; undefined where it has none or they are the same. */
  readonly gainOnPrevious: Interval | undefined;
}

/** What each customer will want next, from who bought what; backtested against the popular items of the market. */
export const collaborative: Model = {
  name: "collaborative",
  fit: async (context): Promise<ModelOutcome> => {
    reportStep(context, "read interactions", 0, 4);
    const baskets = await readBasketData(context.session, context.asOf);
    const stores = await readStoreLogs(context.session, context.asOf, baskets);
    const engine = await openKernelEngine();
    try {
      return fitAll(engine, stores, baskets, context);
    } finally {
      await engine.close();
    }
  },
};

function fitAll(
  engine: KernelEngine,
  stores: readonly StoreLog[],
  baskets: BasketData,
  context: ModelContext,
): ModelOutcome {
  const today = toDayNumber(context.asOf);
  const testFrom = today - WINDOW_DAYS + 1;
  const window = linesBetween(baskets.lines, testFrom, today + 1);
  const cases = drawSimilarCases(baskets, window, markKnownItems(baskets, testFrom), context.seed);
  const similarOf: MeasureStoreSimilar = (store, sparsify) => {
    const own = cases.get(store) ?? [];
    const first = baskets.items.store.indexOf(store);
    const neighbours = sparsify(new Set(own.map(({ item }) => item - first)));
    return nameSimilarFigures(new Map([[store, measureSimilar(neighbours, own, first)]]));
  };
  const measured = stores.flatMap((data) => measureStore(engine, data, today, context, similarOf) ?? []);
  const passed = measured.filter(
    ({ gain, gainOnPrevious }) => gain.low > 0 && (gainOnPrevious === undefined || gainOnPrevious.high >= 0),
  );
  reportStep(context, "fit and list", 3, 4);
  const published = passed.map(({ data, params }): PublishedStore => {
    const known = knowBefore(data, today + 1, params.halfLifeDays);
    const offsets = trendOffsets(data, known, today + 1, params.trend);
    return { data, fitted: fitStore(engine, known, params, context.seed, offsets) };
  });
  const firstDay = stores.reduce((first, { log }) => Math.min(first, log.day[0] ?? first), today);
  return {
    card: {
      name: "collaborative",
      version: VERSION,
      artefacts: Object.values(ARTEFACT_NAMES),
      window: { from: fromDayNumber(firstDay), to: context.asOf },
      trainedOn: stores.reduce((sum, { log }) => sum + log.day.length, 0),
      parameters: Object.fromEntries(measured.map(({ data, params }) => [data.store, params])),
      metrics: mergeFigures(measured, ({ metrics }) => metrics),
      baseline: mergeFigures(measured, ({ baseline }) => baseline),
      gate: { rule: measured.length === 0 ? UNMEASURED_RULE : GATE_RULE, passed: published.length > 0 },
      seed: context.seed,
    },
    files: encodeCollaborative(published),
  };
}

/**
 * Time split in three: fit → validation (28 days) chooses → test (the last 28 days) is scored once, by a fit on everything
 * before it. Undefined where the store's history is too short or too small.
 */
function measureStore(
  engine: KernelEngine,
  data: StoreLog,
  today: number,
  context: ModelContext,
  similarOf: MeasureStoreSimilar,
): Measured | undefined {
  const testFrom = today - WINDOW_DAYS + 1;
  const validationFrom = testFrom - WINDOW_DAYS;
  if ((data.log.day[0] ?? today) > validationFrom - 2 * WINDOW_DAYS) return undefined;
  const { seed } = context;
  const onTrial = (label: string): void => reportStep(context, `${data.store}: ${label}`, 1, 4);
  const params = chooseParams(engine, data, validationFrom, seed, onTrial);
  if (params === undefined || params.parts.length === 0) return undefined;

  reportStep(context, `${data.store}: backtest`, 2, 4);
  const known = knowBefore(data, testFrom, params.halfLifeDays);
  const offsets = trendOffsets(data, known, testFrom, params.trend);
  const holdout = { ...carveWindow(data, known, [testFrom, today + 1], MOST_TESTED, seed), offsets };
  const queries = countQueries(holdout);
  if (queries < MIN_QUERIES) return undefined;
  let similar: Figures = {};
  const lists = listForWindow(engine, holdout, params, seed, (model) => {
    similar = similarOf(data.store, (asked) => sparsifyModel(engine, model, holdout.fit, asked));
  });
  const popular = listPopular(data, holdout, testFrom, params.popularHalfLifeDays, LIST_LENGTH);
  const popularNdcg = ndcgByCustomer(popular, LIST_LENGTH, holdout);
  const ndcg = ndcgByCustomer(lists.explore, LIST_LENGTH, holdout);
  const gainOn = (other: Float64Array): Interval =>
    bootstrapMean(
      ndcg.map((own, at) => own - (other[at] ?? 0)),
      createRng(seed),
    );
  const gain = gainOn(popularNdcg);
  const previous = findPreviousParams(context, data.store);
  const gainOnPrevious =
    previous === undefined || JSON.stringify(previous) === JSON.stringify(params)
      ? undefined
      : gainOn(measurePrevious(engine, data, testFrom, holdout, previous, seed));
  return {
    data,
    params,
    metrics: {
      ...describeRanking(data, holdout, lists.explore, LIST_LENGTH),
      ...describeRepeats(holdout, lists.withRepeats),
      ...similar,
      ndcgGainAt20: gain.mean,
      ndcgGainAt20Low: gain.low,
      ndcgGainAt20High: gain.high,
      ...(gainOnPrevious === undefined
        ? {}
        : {
            ndcgGainOnPreviousAt20: gainOnPrevious.mean,
            ndcgGainOnPreviousAt20Low: gainOnPrevious.low,
            ndcgGainOnPreviousAt20High: gainOnPrevious.high,
          }),
      queries,
    },
    baseline: describeRanking(data, holdout, popular, LIST_LENGTH),
    gain,
    gainOnPrevious,
  };
}

function findPreviousParams({ previous }: ModelContext, store: string): StoreParams | undefined {
  // This model wrote them under the same version.
  return previous?.version === VERSION ? (previous.parameters[store] as StoreParams | undefined) : undefined;
}

/** NDCG@20 by customer of the window, of other parameters fitted on the same days. */
function measurePrevious(
  engine: KernelEngine,
  data: StoreLog,
  testFrom: number,
  holdout: Holdout,
  params: StoreParams,
  seed: number,
): Float64Array {
  const known = knowBefore(data, testFrom, params.halfLifeDays);
  const histories = selectRows(known.train, holdout.users);
  const offsets = trendOffsets(data, known, testFrom, params.trend);
  const lists = listForWindow(engine, { ...holdout, fit: known.train, histories, offsets }, params, seed);
  return ndcgByCustomer(lists.explore, LIST_LENGTH, holdout);
}

/** Figures of a single store under their own names; those of several with the store before. */
function mergeFigures(measured: readonly Measured[], of: (store: Measured) => Figures): Figures {
  if (measured.length === 1) return of(measured[0] as Measured);
  return Object.fromEntries(
    measured.flatMap((store) =>
      Object.entries(of(store)).map(([name, value]) => [`${store.data.store}.${name}`, value]),
    ),
  );
}
