import type { IsoDate } from "../../core/dates.ts";
import type { Session } from "../../warehouse/database.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import type { BasketData } from "../recommendation/basket-data.ts";
import type { InteractionLog } from "../../algorithms/recommendation/interaction-log.ts";

/** What the known customers of one store did. Items and customers are numbered within the store, in the order of their ids. */
export interface StoreLog {
  readonly store: string;
  readonly items: readonly string[];
  readonly customers: readonly string[];
  /** Market of each customer's latest order. */
  readonly markets: readonly string[];
  readonly log: InteractionLog;
}

/** Reads everything done up to `asOf`, store by store, by the numbers of `baskets`. O(interactions) time and memory. */
export async function readStoreLogs(
  session: Session,
  asOf: IsoDate,
  { items, customers }: Pick<BasketData, "items" | "customers">,
): Promise<StoreLog[]> {
  const rows = await session.columns(readSql("models/recommendation/list_interactions"), { as_of: asOf });
  const log = {
    customer: rows.int32("customer"),
    item: rows.int32("item"),
    kind: rows.int32("kind"),
    day: rows.int32("day"),
  };
  return [...new Set(customers.store)].map((store) => {
    const [firstItem, endItem] = [items.store.indexOf(store), items.store.lastIndexOf(store) + 1];
    const [firstCustomer, endCustomer] = [customers.store.indexOf(store), customers.store.lastIndexOf(store) + 1];
    const isOwn = (customer: number): boolean => customer >= firstCustomer && customer < endCustomer;
    const own = log.customer.map((customer, at) => (isOwn(customer) ? at : -1)).filter((at) => at >= 0);
    return {
      store,
      items: items.id.slice(firstItem, endItem),
      customers: customers.id.slice(firstCustomer, endCustomer),
      markets: customers.market.slice(firstCustomer, endCustomer),
      log: {
        customer: own.map((at) => (log.customer[at] as number) - firstCustomer),
        item: own.map((at) => (log.item[at] as number) - firstItem),
        kind: own.map((at) => log.kind[at] as number),
        day: own.map((at) => log.day[at] as number),
      },
    };
  });
}
