import type { TemporalHoldout } from "../../algorithms/recommendation/create-temporal-judge.ts";
import { selectRows } from "../../algorithms/recommendation/collaborative/select-rows.ts";
import { createWeigher, findPurchases, listPurchases } from "../../algorithms/recommendation/weigh-interactions.ts";
import { buildIncidence, type Incidence } from "../../algorithms/sparse/incidence.ts";
import { withUnitValues, type SparseMatrix } from "../../algorithms/sparse/sparse-matrix.ts";
import { createRng } from "../../core/rng.ts";
import { ACTIVE_DAYS, KIND_WEIGHTS, MOST_PER_CUSTOMER } from "./params.ts";
import type { StoreLog } from "./store-log.ts";

/** A store as it was known before a day. */
export interface Knowledge {
  readonly train: SparseMatrix;
  readonly owned: Incidence;
  readonly isOpen: Uint8Array;
}

/** A window with the customers who bought in it: their numbers, and whatever they bought, new to them or again. */
export interface Holdout extends TemporalHoldout {
  readonly users: Int32Array;
  readonly again: Incidence;
}

/** Nothing of `cutoffDay` or later is read. */
export function knowBefore(data: StoreLog, cutoffDay: number, halfLifeDays: number): Knowledge {
  return createKnowledge(data, cutoffDay)(halfLifeDays);
}

/** The same for several half-lives of one day, which read the log once. */
export function createKnowledge(data: StoreLog, cutoffDay: number): (halfLifeDays: number) => Knowledge {
  const { log } = data;
  const [customers, items] = [data.customers.length, data.items.length];
  const isOpen = new Uint8Array(items);
  for (const at of findPurchases(log, cutoffDay - ACTIVE_DAYS, cutoffDay)) isOpen[log.item[at] as number] = 1;
  const weighing = { cutoffDay, kindWeights: KIND_WEIGHTS, mostPerCustomer: MOST_PER_CUSTOMER };
  const weigh = createWeigher(log, customers, items, weighing);
  const owned = listPurchases(log, customers, items, cutoffDay);
  return (halfLifeDays) => ({ train: weigh(halfLifeDays), owned, isOpen });
}

/**
 * What customers known before `from` bought in the days up to `until`, of items sold before; at most `most` customers, drawn
 * by `seed`. Those with nothing new are measured on repeats alone.
 */
export function carveWindow(
  data: StoreLog,
  known: Knowledge,
  [from, until]: readonly [number, number],
  most: number,
  seed: number,
): Holdout {
  const { customer, item } = data.log;
  const { train, owned, isOpen } = known;
  const isSold = new Uint8Array(data.items.length);
  for (const id of owned.colIdx) isSold[id] = 1;
  const hasHistory = (row: number): boolean => (train.rowPtr[row + 1] as number) > (train.rowPtr[row] as number);
  const bought = [...findPurchases(data.log, from, until)].filter(
    (at) => isSold[item[at] as number] !== 0 && hasHistory(customer[at] as number),
  );
  const users = drawUsers([...new Set(bought.map((at) => customer[at] as number))], most, seed);
  const rowOf = new Map([...users].map((user, row) => [user, row]));
  const ownedSets = [...users].map(
    (user) => new Set(owned.colIdx.subarray(owned.rowPtr[user], owned.rowPtr[user + 1])),
  );
  const split = (isAgain: boolean): Incidence => {
    const chosen = bought.filter((at) => {
      const row = rowOf.get(customer[at] as number);
      return row !== undefined && ownedSets[row]?.has(item[at] as number) === isAgain;
    });
    const rows = Int32Array.from(chosen, (at) => rowOf.get(customer[at] as number) as number);
    return buildIncidence(
      rows,
      Int32Array.from(chosen, (at) => item[at] as number),
      users.length,
      data.items.length,
    );
  };
  return {
    users,
    fit: train,
    histories: selectRows(train, users),
    closed: { perRow: selectRows(withUnitValues(owned), users), isOpen },
    relevant: split(false),
    again: split(true),
  };
}

function drawUsers(users: number[], most: number, seed: number): Int32Array {
  const rng = createRng(seed);
  for (let at = 0; at < Math.min(most, users.length); at++) {
    const other = at + rng.nextInt(users.length - at);
    [users[at], users[other]] = [users[other] as number, users[at] as number];
  }
  return Int32Array.from(users.slice(0, most)).sort();
}
