import type { Histories } from "../fit-recommender.ts";
import type { RecentEvent } from "../recommender.ts";
import type { Evidence } from "./tiers.ts";

/** Purchases of a customer that speak; older ones are only left out of the list. Bounds the time of an answer. */
const LONGEST_HISTORY = 200;

/** How loud what happened since the release speaks; a purchase on its last day speaks with 1. */
const LIVE_WEIGHTS: Readonly<Record<RecentEvent["kind"], number>> = { view: 0.3, cart: 0.6, purchase: 1 };

/** An item a customer bought. */
export interface Purchase {
  readonly item: number;
  /** Days from its latest purchase to the last day of the release. */
  readonly ageDays: number;
  readonly frequency: number;
  readonly orders: number;
}

export interface PurchaseHistory {
  /** What speaks for the customer's taste; without the release's history for `customer` −1. */
  evidence(customer: number, recent: readonly LiveItem[]): Evidence;
  /** What the customer has and should not be shown: of the history only what was bought less than `coolDownDays` ago. */
  owned(customer: number, recent: readonly LiveItem[], coolDownDays: number | undefined): ArrayLike<number>;
  purchases(customer: number): Purchase[];
}

export interface LiveItem {
  readonly item: number;
  readonly kind: RecentEvent["kind"];
}

/** A history with what happened since; where nothing did, the same. An item speaks as loud as its loudest event. */
export function addEvents(
  history: { readonly given: ArrayLike<number>; readonly weights: ArrayLike<number> },
  recent: readonly LiveItem[],
): Evidence {
  if (recent.length === 0) return history;
  const { given, weights } = history;
  const loudest = new Map<number, number>();
  for (let at = 0; at < given.length; at++) loudest.set(given[at] as number, weights[at] as number);
  for (const { item, kind } of recent) loudest.set(item, Math.max(loudest.get(item) ?? 0, LIVE_WEIGHTS[kind]));
  return { given: [...loudest.keys()], weights: [...loudest.values()] };
}

/** Reads histories; `halfLifeDays` is that of their weights, from which the day of a purchase follows. */
export function createPurchaseHistory(
  { rowPtr, item, weight, frequency, orders }: Histories,
  halfLifeDays: number,
): PurchaseHistory {
  const ageOf = (at: number): number => Math.round(-Math.log2(weight[at] as number) * halfLifeDays);
  const bounds = (customer: number): [number, number] =>
    customer < 0 ? [0, 0] : [rowPtr[customer] as number, rowPtr[customer + 1] as number];

  return {
    evidence: (customer, recent) => {
      const [from, to] = bounds(customer);
      const heard = Math.min(to, from + LONGEST_HISTORY);
      return addEvents({ given: item.subarray(from, heard), weights: weight.subarray(from, heard) }, recent);
    },
    owned: (customer, recent, coolDownDays) => {
      const [from, to] = bounds(customer);
      const live = recent.filter(({ kind }) => kind === "purchase" && coolDownDays !== 0).map((event) => event.item);
      if (coolDownDays === undefined)
        return live.length === 0 ? item.subarray(from, to) : [...item.subarray(from, to), ...live];
      for (let at = from; at < to; at++) if (ageOf(at) < coolDownDays) live.push(item[at] as number);
      return live;
    },
    purchases: (customer) => {
      const [from, to] = bounds(customer);
      return Array.from({ length: to - from }, (_, index) => ({
        item: item[from + index] as number,
        ageDays: ageOf(from + index),
        frequency: frequency[from + index] as number,
        orders: orders[from + index] as number,
      }));
    },
  };
}
