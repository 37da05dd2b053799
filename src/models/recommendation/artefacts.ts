import { decodeArrow, encodeArrow, type ArrowColumns } from "../../warehouse/arrow-table.ts";
import type { BasketData } from "./basket-data.ts";
import { type FittedRecommender, NO_RULES, type PopularList } from "./fit-recommender.ts";

/** The store-wide list is stored as the segment of this market, which no country has. */
const ALL_MARKETS = "";

export const ARTEFACT_NAMES = {
  items: "co-purchase-items.arrow",
  neighbours: "co-purchase-neighbours.arrow",
  popular: "co-purchase-popular.arrow",
  customers: "co-purchase-customers.arrow",
  histories: "co-purchase-histories.arrow",
  rules: "co-purchase-rules.arrow",
} as const;

/** Everything an answer needs, and nothing else: names by number and what was fitted. */
export interface RecommenderArtefact {
  readonly items: BasketData["items"];
  readonly customers: BasketData["customers"];
  readonly segments: BasketData["segments"];
  readonly fitted: FittedRecommender;
}

/** Six Arrow files. Rows follow the numbering of items, customers and segments, so the same fit gives the same bytes. */
export function encodeRecommender(artefact: RecommenderArtefact): { name: string; bytes: Uint8Array }[] {
  const { items, customers, segments, fitted } = artefact;
  const { neighbours, popularBySegment, popularByStore, histories } = fitted;
  const lists = [
    ...popularBySegment.map((list, at) => ({
      store: segments.store[at] as string,
      market: segments.market[at] as string,
      list,
    })),
    ...[...popularByStore].map(([store, list]) => ({ store, market: ALL_MARKETS, list })),
  ];
  return [
    { name: ARTEFACT_NAMES.items, bytes: encodeArrow({ store: items.store, item: items.id, title: items.title }) },
    {
      name: ARTEFACT_NAMES.neighbours,
      bytes: encodeArrow({
        item: expandRows(neighbours.rowPtr),
        neighbour: neighbours.neighbour,
        score: neighbours.score,
        support: neighbours.support,
      }),
    },
    {
      name: ARTEFACT_NAMES.popular,
      bytes: encodeArrow({
        store: lists.flatMap(({ store, list }) => Array.from(list.items, () => store)),
        market: lists.flatMap(({ market, list }) => Array.from(list.items, () => market)),
        item: Int32Array.from(lists.flatMap(({ list }) => [...list.items])),
        score: Float64Array.from(lists.flatMap(({ list }) => [...list.scores])),
      }),
    },
    {
      name: ARTEFACT_NAMES.customers,
      bytes: encodeArrow({ store: customers.store, customer: customers.id, market: customers.market }),
    },
    {
      name: ARTEFACT_NAMES.histories,
      bytes: encodeArrow({
        customer: expandRows(histories.rowPtr),
        item: histories.item,
        weight: histories.weight,
        frequency: histories.frequency,
        orders: histories.orders,
      }),
    },
    {
      name: ARTEFACT_NAMES.rules,
      bytes: encodeArrow({
        first: fitted.rules.first,
        second: fitted.rules.second,
        item: fitted.rules.item,
        support: fitted.rules.support,
        confidence: fitted.rules.confidence,
        lift: fitted.rules.lift,
        weight: new Float64Array(fitted.rules.item.length).fill(fitted.ruleWeight),
      }),
    },
  ];
}

/** `read` gives the bytes of a file by name; a release of older code holds no rules. */
export function decodeRecommender(
  read: (name: string) => Uint8Array,
  holds: (name: string) => boolean = () => true,
): RecommenderArtefact {
  const rules = holds(ARTEFACT_NAMES.rules) ? decodeArrow(read(ARTEFACT_NAMES.rules)) : undefined;
  const items = decodeArrow(read(ARTEFACT_NAMES.items));
  const neighbours = decodeArrow(read(ARTEFACT_NAMES.neighbours));
  const customers = decodeArrow(read(ARTEFACT_NAMES.customers));
  const histories = decodeArrow(read(ARTEFACT_NAMES.histories));
  const { segments, popularBySegment, popularByStore } = decodePopular(decodeArrow(read(ARTEFACT_NAMES.popular)));
  return {
    items: { store: items.text("store"), id: items.text("item"), title: items.text("title") },
    customers: { store: customers.text("store"), id: customers.text("customer"), market: customers.text("market") },
    segments,
    fitted: {
      neighbours: {
        itemCount: items.rowCount,
        rowPtr: countRows(neighbours.int32("item"), items.rowCount),
        neighbour: neighbours.int32("neighbour"),
        score: neighbours.float32("score"),
        support: neighbours.int32("support"),
      },
      rules:
        rules === undefined
          ? NO_RULES
          : {
              first: rules.int32("first"),
              second: rules.int32("second"),
              item: rules.int32("item"),
              support: rules.int32("support"),
              confidence: rules.float32("confidence"),
              lift: rules.float32("lift"),
            },
      ruleWeight: rules === undefined ? 0 : (rules.float64("weight")[0] ?? 0),
      popularBySegment,
      popularByStore,
      histories: {
        rowPtr: countRows(histories.int32("customer"), customers.rowCount),
        item: histories.int32("item"),
        weight: histories.float32("weight"),
        // An artefact of older code knows the latest purchase only.
        frequency: histories.float32(histories.has("frequency") ? "frequency" : "weight"),
        orders: histories.has("orders") ? histories.int32("orders") : new Int32Array(histories.rowCount).fill(1),
      },
    },
  };
}

function decodePopular(
  table: ArrowColumns,
): Pick<FittedRecommender, "popularBySegment" | "popularByStore"> & Pick<RecommenderArtefact, "segments"> {
  const [store, market, item, score] = [
    table.text("store"),
    table.text("market"),
    table.int32("item"),
    table.float64("score"),
  ];
  const segments = { store: [] as string[], market: [] as string[] };
  const popularBySegment: PopularList[] = [];
  const popularByStore = new Map<string, PopularList>();
  for (let from = 0, to = 0; from < table.rowCount; from = to) {
    while (to < table.rowCount && store[to] === store[from] && market[to] === market[from]) to++;
    const list = { items: item.subarray(from, to), scores: score.subarray(from, to) };
    if (market[from] === ALL_MARKETS) {
      popularByStore.set(store[from] as string, list);
    } else {
      segments.store.push(store[from] as string);
      segments.market.push(market[from] as string);
      popularBySegment.push(list);
    }
  }
  return { segments, popularBySegment, popularByStore };
}

/** Row number of every entry: rowPtr 0 2 3 becomes 0 0 1. */
function expandRows(rowPtr: Int32Array): Int32Array {
  const rows = new Int32Array(rowPtr[rowPtr.length - 1] ?? 0);
  for (let row = 0; row + 1 < rowPtr.length; row++) rows.fill(row, rowPtr[row], rowPtr[row + 1]);
  return rows;
}

/** The inverse of `expandRows`. */
function countRows(rows: Int32Array, rowCount: number): Int32Array {
  const rowPtr = new Int32Array(rowCount + 1);
  for (const row of rows) rowPtr[row + 1] = (rowPtr[row + 1] as number) + 1;
  for (let row = 0; row < rowCount; row++) rowPtr[row + 1] = (rowPtr[row + 1] as number) + (rowPtr[row] as number);
  return rowPtr;
}
