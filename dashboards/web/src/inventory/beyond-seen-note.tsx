import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { formatValue } from "../text/format.ts";
import type { PricesSeen } from "./inventory-types.ts";

/** Warns of a price, in minor units, that the product never had; nothing where it had such, or where that is not known. */
export function BeyondSeenNote({ price, seen }: { readonly price: number; readonly seen: PricesSeen }) {
  const { currency, lowestPriceMinor: low, highestPriceMinor: high } = seen;
  if (low === null || high === null || (price >= low && price <= high)) return null;
  const money = (value: number): string => formatValue(Math.round(value), { unit: "money", currency }, language.value);
  return (
    <p class="card-note" data-beyond-seen>
      {text("stock.beyondSeen", { price: money(price), low: money(low), high: money(high) })}
    </p>
  );
}
