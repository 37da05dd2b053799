import type { Clock } from "../../core/clock.ts";
import { createInboxLog } from "./inbox-log.ts";
import type { VisitorEvent } from "./live-events.ts";

const KINDS = { view: "view_item", cart: "add_to_cart", purchase: "purchase" } as const;

export interface LoggedEvent extends VisitorEvent {
  readonly market?: string | undefined;
  readonly quantity?: number | undefined;
}

export interface EventLog {
  /** Ends when the events are on the disk. Calls at the same time share one write. */
  append(events: readonly LoggedEvent[]): Promise<void>;
  /** Hands the file over to the nightly run. */
  close(): Promise<void>;
}

export interface EventLogOptions {
  readonly inbox: string;
  readonly clock: Clock;
  /** A file is handed over when it is this old, at the next event or half as long after. */
  readonly handOverMs?: number;
}

/** Keeps what visitors do for the nightly run, in the inbox's `traffic-events`. */
export function createEventLog(options: EventLogOptions): EventLog {
  const log = createInboxLog({ ...options, dataset: "traffic-events", prefix: "events" });
  return { append: (events) => log.append(events.map(toRow)), close: () => log.close() };
}

function toRow(event: LoggedEvent): Record<string, string | number> {
  const { store, visitorId, sessionId, atMs, kind, itemId, market, quantity } = event;
  return {
    store_id: store,
    visitor_id: visitorId,
    ...(sessionId === undefined ? {} : { session_id: sessionId }),
    event_at: new Date(atMs).toISOString(),
    kind: KINDS[kind],
    product_id: itemId,
    ...(market === undefined ? {} : { market }),
    ...(quantity === undefined ? {} : { quantity }),
  };
}
