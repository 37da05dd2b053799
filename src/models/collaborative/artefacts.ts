import { decodeArrow, encodeArrow } from "../../warehouse/arrow-table.ts";
import type { FittedStore } from "./fit-store.ts";
import type { StoreLog } from "./store-log.ts";

export const ARTEFACT_NAMES = {
  items: "collaborative-items.arrow",
  customers: "collaborative-customers.arrow",
  lists: "collaborative-lists.arrow",
  neighbours: "collaborative-neighbours.arrow",
  histories: "collaborative-histories.arrow",
} as const;

/** A store ready to be published. */
export interface PublishedStore {
  readonly data: Pick<StoreLog, "store" | "items" | "customers">;
  readonly fitted: FittedStore;
}

/**
 * Five Arrow files: ids by number, rows of (customer, item, score, because, support) and (item, neighbour, score, support),
 * best first, and the histories as (customer, item, weight). Items and customers are numbered on through the stores. Places with nothing to speak for them are
 * left out: every item served has a reason.
 */
export function encodeCollaborative(stores: readonly PublishedStore[]): { name: string; bytes: Uint8Array }[] {
  const list = { customer: [] as number[], item: [] as number[], score: [] as number[], because: [] as number[] };
  const listSupport: number[] = [];
  const pair = { item: [] as number[], neighbour: [] as number[], score: [] as number[], support: [] as number[] };
  const history = { customer: [] as number[], item: [] as number[], weight: [] as number[] };
  let [firstItem, firstCustomer] = [0, 0];
  for (const { data, fitted } of stores) {
    const { lists, because, support, neighbours, histories } = fitted;
    for (let at = 0; at < lists.items.length; at++) {
      const speaker = because[at] as number;
      if ((lists.items[at] as number) < 0 || speaker < 0 || (lists.scores[at] as number) <= 0) continue;
      list.customer.push(firstCustomer + Math.floor(at / lists.keep));
      list.item.push(firstItem + (lists.items[at] as number));
      list.score.push(lists.scores[at] as number);
      list.because.push(firstItem + speaker);
      listSupport.push(support[at] as number);
    }
    for (let item = 0; item < neighbours.itemCount; item++) {
      for (let at = neighbours.rowPtr[item] as number; at < (neighbours.rowPtr[item + 1] as number); at++) {
        pair.item.push(firstItem + item);
        pair.neighbour.push(firstItem + (neighbours.neighbour[at] as number));
        pair.score.push(neighbours.score[at] as number);
        pair.support.push(neighbours.support[at] as number);
      }
    }
    for (let row = 0; row < histories.rowCount; row++) {
      for (let at = histories.rowPtr[row] as number; at < (histories.rowPtr[row + 1] as number); at++) {
        history.customer.push(firstCustomer + row);
        history.item.push(firstItem + (histories.colIdx[at] as number));
        history.weight.push(histories.values[at] as number);
      }
    }
    firstItem += data.items.length;
    firstCustomer += data.customers.length;
  }
  const ids = (of: (store: PublishedStore["data"]) => readonly string[], name: string) => ({
    store: stores.flatMap(({ data }) => of(data).map(() => data.store)),
    [name]: stores.flatMap(({ data }) => of(data)),
  });
  return [
    { name: ARTEFACT_NAMES.items, bytes: encodeArrow(ids((data) => data.items, "item")) },
    { name: ARTEFACT_NAMES.customers, bytes: encodeArrow(ids((data) => data.customers, "customer")) },
    {
      name: ARTEFACT_NAMES.lists,
      bytes: encodeArrow({
        customer: Int32Array.from(list.customer),
        item: Int32Array.from(list.item),
        score: Float32Array.from(list.score),
        because: Int32Array.from(list.because),
        support: Int32Array.from(listSupport),
      }),
    },
    {
      name: ARTEFACT_NAMES.neighbours,
      bytes: encodeArrow({
        item: Int32Array.from(pair.item),
        neighbour: Int32Array.from(pair.neighbour),
        score: Float32Array.from(pair.score),
        support: Int32Array.from(pair.support),
      }),
    },
    {
      name: ARTEFACT_NAMES.histories,
      bytes: encodeArrow({
        customer: Int32Array.from(history.customer),
        item: Int32Array.from(history.item),
        weight: Float32Array.from(history.weight),
      }),
    },
  ];
}

/**
 * The files as columns; rows of a customer or item stand together, from `ptr[row]` to `ptr[row + 1]`. Releases made before
 * histories were published have none: `has` says which files there are.
 */
export function decodeCollaborative(read: (name: string) => Uint8Array, has: (name: string) => boolean) {
  const [items, customers] = [decodeArrow(read(ARTEFACT_NAMES.items)), decodeArrow(read(ARTEFACT_NAMES.customers))];
  const [lists, pairs] = [decodeArrow(read(ARTEFACT_NAMES.lists)), decodeArrow(read(ARTEFACT_NAMES.neighbours))];
  const histories = has(ARTEFACT_NAMES.histories) ? decodeArrow(read(ARTEFACT_NAMES.histories)) : undefined;
  return {
    items: { store: items.text("store"), id: items.text("item") },
    customers: { store: customers.text("store"), id: customers.text("customer") },
    lists: {
      rowPtr: countRows(lists.int32("customer"), customers.rowCount),
      item: lists.int32("item"),
      score: lists.float32("score"),
      because: lists.int32("because"),
      support: lists.int32("support"),
    },
    neighbours: {
      rowPtr: countRows(pairs.int32("item"), items.rowCount),
      neighbour: pairs.int32("neighbour"),
      score: pairs.float32("score"),
      support: pairs.int32("support"),
    },
    histories:
      histories === undefined
        ? undefined
        : {
            rowPtr: countRows(histories.int32("customer"), customers.rowCount),
            item: histories.int32("item"),
            weight: histories.float32("weight"),
          },
  };
}

/** Row number of every entry to row pointers: 0 0 1 becomes 0 2 3. */
function countRows(rows: Int32Array, rowCount: number): Int32Array {
  const rowPtr = new Int32Array(rowCount + 1);
  for (const row of rows) rowPtr[row + 1] = (rowPtr[row + 1] as number) + 1;
  for (let row = 0; row < rowCount; row++) rowPtr[row + 1] = (rowPtr[row + 1] as number) + (rowPtr[row] as number);
  return rowPtr;
}
