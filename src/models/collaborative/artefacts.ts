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
  const ids = (of: (store: PublishedStore["data"]) => readonly string[], name: string) => ({
    store: stores.flatMap(({ data }) => of(data).map(() => data.store)),
    [name]: stores.flatMap(({ data }) => of(data)),
  });
  const numbered = numberOn(stores);
  return [
    { name: ARTEFACT_NAMES.items, bytes: encodeArrow(ids((data) => data.items, "item")) },
    { name: ARTEFACT_NAMES.customers, bytes: encodeArrow(ids((data) => data.customers, "customer")) },
    { name: ARTEFACT_NAMES.lists, bytes: encodeArrow(columnsOfLists(numbered)) },
    { name: ARTEFACT_NAMES.neighbours, bytes: encodeArrow(columnsOfNeighbours(numbered)) },
    { name: ARTEFACT_NAMES.histories, bytes: encodeArrow(columnsOfHistories(numbered)) },
  ];
}

/** A store with the numbers that its first item and customer have among those of all stores. */
interface NumberedStore extends FittedStore {
  readonly firstItem: number;
  readonly firstCustomer: number;
}

function numberOn(stores: readonly PublishedStore[]): NumberedStore[] {
  let [firstItem, firstCustomer] = [0, 0];
  return stores.map(({ data, fitted }) => {
    const numbered = { ...fitted, firstItem, firstCustomer };
    firstItem += data.items.length;
    firstCustomer += data.customers.length;
    return numbered;
  });
}

function columnsOfLists(stores: readonly NumberedStore[]) {
  const places = stores.reduce((sum, { lists }) => sum + lists.items.length, 0);
  const [customer, item] = [new Int32Array(places), new Int32Array(places)];
  const [because, support] = [new Int32Array(places), new Int32Array(places)];
  const score = new Float32Array(places);
  let length = 0;
  for (const { lists, because: speakers, support: shared, firstItem, firstCustomer } of stores) {
    for (let at = 0; at < lists.items.length; at++) {
      const speaker = speakers[at] as number;
      if ((lists.items[at] as number) < 0 || speaker < 0 || (lists.scores[at] as number) <= 0) continue;
      customer[length] = firstCustomer + Math.floor(at / lists.keep);
      item[length] = firstItem + (lists.items[at] as number);
      score[length] = lists.scores[at] as number;
      because[length] = firstItem + speaker;
      support[length++] = shared[at] as number;
    }
  }
  return {
    customer: customer.subarray(0, length),
    item: item.subarray(0, length),
    score: score.subarray(0, length),
    because: because.subarray(0, length),
    support: support.subarray(0, length),
  };
}

function columnsOfNeighbours(stores: readonly NumberedStore[]) {
  const pairs = stores.reduce((sum, { neighbours }) => sum + neighbours.neighbour.length, 0);
  const [item, neighbour, support] = [new Int32Array(pairs), new Int32Array(pairs), new Int32Array(pairs)];
  const score = new Float32Array(pairs);
  let first = 0;
  for (const { neighbours, firstItem } of stores) {
    fillRows(item, first, neighbours.rowPtr, firstItem);
    neighbour.set(
      neighbours.neighbour.map((other) => firstItem + other),
      first,
    );
    score.set(neighbours.score, first);
    support.set(neighbours.support, first);
    first += neighbours.neighbour.length;
  }
  return { item, neighbour, score, support };
}

function columnsOfHistories(stores: readonly NumberedStore[]) {
  const entries = stores.reduce((sum, { histories }) => sum + histories.colIdx.length, 0);
  const [customer, item, weight] = [new Int32Array(entries), new Int32Array(entries), new Float32Array(entries)];
  let first = 0;
  for (const { histories, firstItem, firstCustomer } of stores) {
    fillRows(customer, first, histories.rowPtr, firstCustomer);
    item.set(
      histories.colIdx.map((id) => firstItem + id),
      first,
    );
    weight.set(histories.values, first);
    first += histories.colIdx.length;
  }
  return { customer, item, weight };
}

/** Row pointers to the row number of every entry, counted from `firstRow`: 0 2 3 becomes 0 0 1. Entries from place `first` on. */
function fillRows(column: Int32Array, first: number, rowPtr: Int32Array, firstRow: number): void {
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    column.fill(firstRow + row, first + (rowPtr[row] as number), first + (rowPtr[row + 1] as number));
  }
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
