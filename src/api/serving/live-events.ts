import type { RecentEvent } from "../../models/recommendation/recommender.ts";

/** An event of a visitor as it is posted. */
export interface VisitorEvent extends RecentEvent {
  /** Given by the sender; the same id is the same event. */
  readonly id: string;
  readonly store: string;
  readonly visitorId: string;
  readonly sessionId?: string | undefined;
  readonly customerId?: string | undefined;
  /** Milliseconds since 1970. */
  readonly atMs: number;
}

/** Whose events are asked for; a session is meant where it is named, else the visitor, else the customer. */
export interface Shopper {
  readonly store: string;
  readonly sessionId?: string | undefined;
  readonly visitorId?: string | undefined;
  readonly customerId?: string | undefined;
}

export type Verdict = "accepted" | "duplicate" | "capped";

export interface LiveEvents {
  /** Says what would become of the event and, if it is accepted, counts it and remembers its id. */
  admit(event: VisitorEvent, nowMs: number): Verdict;
  /** Makes an accepted event known to the answers that follow. */
  record(event: VisitorEvent): void;
  /** Makes an id that was admitted unknown again: the event could not be kept. */
  forget(event: VisitorEvent): void;
  /** The newest events of the shopper, oldest first. */
  recall(shopper: Shopper): readonly RecentEvent[];
}

export interface LiveEventLimits {
  readonly eventsPerVisitorAndHour: number;
  readonly eventsKept: number;
  /** Shoppers and ids remembered: between this many and twice as many. */
  readonly remembered: number;
}

export const LIVE_EVENT_LIMITS: LiveEventLimits = {
  eventsPerVisitorAndHour: 500,
  eventsKept: 50,
  remembered: 100_000,
};

const HOUR_MS = 3_600_000;
const NOTHING: readonly RecentEvent[] = [];

/**
 * What happened since the release was made, in this process. Memory is bounded: the longest unused half of the shoppers and
 * ids is forgotten when there are twice as many as `remembered`.
 */
export function createLiveEvents(limits: LiveEventLimits = LIVE_EVENT_LIMITS): LiveEvents {
  const ids = createGenerations<true>(limits.remembered);
  const counts = createGenerations<{ hour: number; count: number }>(limits.remembered);
  const shelves = createGenerations<{ event: RecentEvent; atMs: number }[]>(limits.remembered);
  const idOf = ({ store, id }: VisitorEvent): string => JSON.stringify([store, id]);
  // The length of the store's name says where the id begins: no two shoppers have the same key.
  const keyOf = (store: string, kind: "s" | "v" | "c", id: string): string => `${kind}${store.length}:${store}${id}`;
  const keysOf = ({ store, sessionId, visitorId, customerId }: Shopper): string[] => {
    const keys = sessionId === undefined ? [] : [keyOf(store, "s", sessionId)];
    if (visitorId !== undefined) keys.push(keyOf(store, "v", visitorId));
    if (customerId !== undefined) keys.push(keyOf(store, "c", customerId));
    return keys;
  };

  return {
    admit: (event, nowMs) => {
      if (ids.get(idOf(event)) !== undefined) return "duplicate";
      const hour = Math.floor(nowMs / HOUR_MS);
      const key = JSON.stringify([event.store, event.visitorId]);
      const known = counts.get(key);
      const count = known?.hour === hour ? known.count : 0;
      if (count >= limits.eventsPerVisitorAndHour) return "capped";
      counts.set(key, { hour, count: count + 1 });
      ids.set(idOf(event), true);
      return "accepted";
    },
    record: (event) => {
      for (const key of keysOf(event)) {
        const kept = shelves.get(key) ?? [];
        let place = kept.length;
        while (place > 0 && (kept[place - 1]?.atMs ?? 0) > event.atMs) place--;
        kept.splice(place, 0, { event: { itemId: event.itemId, kind: event.kind }, atMs: event.atMs });
        if (kept.length > limits.eventsKept) kept.shift();
        shelves.set(key, kept);
      }
    },
    forget: (event) => ids.delete(idOf(event)),
    recall: (shopper) => {
      const [key] = keysOf(shopper);
      const kept = key === undefined ? undefined : shelves.get(key);
      return kept === undefined ? NOTHING : kept.map(({ event }) => event);
    },
  };
}

/** A map of two generations: what was used since the younger one began is kept, the older one is dropped when that is full. */
function createGenerations<T>(size: number) {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  const set = (key: string, value: T): void => {
    if (young.size >= size && !young.has(key)) [old, young] = [young, new Map()];
    young.set(key, value);
  };
  return {
    set,
    get: (key: string): T | undefined => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    delete: (key: string): void => {
      young.delete(key);
      old.delete(key);
    },
  };
}
