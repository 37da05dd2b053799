import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import type { InteractionLog } from "../../algorithms/recommendation/weigh-interactions.ts";

/** What the known customers of one store did. Items and customers are numbered within the store, in the order of their ids. */
export interface StoreLog {
  readonly store: string;
  readonly items: readonly string[];
  readonly customers: readonly string[];
  /** Market of each customer's latest order. */
  readonly markets: readonly string[];
  readonly log: InteractionLog;
}

/** Reads everything done up to `asOf`, store by store, O(interactions) time and memory. */
export async function readStoreLogs(session: Session, asOf: IsoDate): Promise<StoreLog[]> {
  const read = (name: string) => session.columns(readSql(`models/recommendation/${name}`), { as_of: asOf });
  const items = await read("list_items");
  const customers = await read("list_customers");
  const rows = await read("list_interactions");
  // The columns read here are never NULL in the marts.
  const text = (table: typeof items, name: string) => table.text(name) as readonly string[];
  const [itemStore, itemId] = [text(items, "store_id"), text(items, "product_id")];
  const [customerStore, customerId] = [text(customers, "store_id"), text(customers, "customer_id")];
  const market = text(customers, "market_id");
  const log = {
    customer: rows.int32("customer"),
    item: rows.int32("item"),
    kind: rows.int32("kind"),
    day: rows.int32("day"),
  };
  return [...new Set(customerStore)].map((store) => {
    const [firstItem, endItem] = [itemStore.indexOf(store), itemStore.lastIndexOf(store) + 1];
    const [firstCustomer, endCustomer] = [customerStore.indexOf(store), customerStore.lastIndexOf(store) + 1];
    const isOwn = (customer: number): boolean => customer >= firstCustomer && customer < endCustomer;
    const own = log.customer.map((customer, at) => (isOwn(customer) ? at : -1)).filter((at) => at >= 0);
    return {
      store,
      items: itemId.slice(firstItem, endItem),
      customers: customerId.slice(firstCustomer, endCustomer),
      markets: market.slice(firstCustomer, endCustomer),
      log: {
        customer: own.map((at) => (log.customer[at] as number) - firstCustomer),
        item: own.map((at) => (log.item[at] as number) - firstItem),
        kind: own.map((at) => log.kind[at] as number),
        day: own.map((at) => log.day[at] as number),
      },
    };
  });
}
