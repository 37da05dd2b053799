import type { DomainFreshness, IsoDate } from "../api-types.ts";
import { isStale } from "../state/date-window.ts";
import { formatDay } from "../text/format.ts";
import { translate, type Language } from "../text/messages.ts";

/** How old a card's data is. `historical` is amber, yet says plainly that nothing is broken. */
export interface CardAge {
  readonly kind: "fresh" | "historical" | "undated";
  readonly text: string;
}

/** Last day of the data of some domains: that of the one furthest behind, because a card is as old as its oldest part. */
export function findLastDay(domains: readonly string[], freshness: readonly DomainFreshness[]): IsoDate | null {
  const days = domains.flatMap((domain) => {
    const tables = freshness.filter((entry) => entry.domain === domain);
    return (
      tables
        .flatMap((entry) => entry.lastOn ?? [])
        .toSorted()
        .at(-1) ?? []
    );
  });
  return days.toSorted()[0] ?? null;
}

export function describeAge(lastDay: IsoDate | null, today: IsoDate, language: Language): CardAge {
  if (lastDay === null) return { kind: "undated", text: translate(language, "card.undated") };
  const kind = isStale(lastDay, today) ? "historical" : "fresh";
  const key = kind === "fresh" ? "card.asOf" : "card.historical";
  return { kind, text: translate(language, key, { day: formatDay(lastDay, language) }) };
}
