import { requestJson } from "../api/request-json.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { formatValue } from "../text/format.ts";
import { findMessage } from "../text/messages.ts";
import { describeReason } from "./describe-reason.ts";
import type { ShelfAnswer, ShelfItem } from "./recommendation-types.ts";
import type { ShelfCall } from "./shelf-request.ts";

interface ShelfProps {
  /** Undefined while there is nothing to ask. */
  readonly call: ShelfCall | undefined;
  readonly label: string;
  readonly onLoad: (items: readonly string[], call: string) => void;
  /** Items of the other side, to mark what only this one has; undefined until they are known. */
  readonly others: readonly string[] | undefined;
}

/** One list as the storefront gets it, with scores and reasons. */
export function Shelf({ call, label, onLoad, others }: ShelfProps) {
  const shelf = useLoaded(call === undefined ? undefined : JSON.stringify(call), async () => {
    const answer = await requestJson<ShelfAnswer>(call?.path ?? "", call?.body);
    onLoad(
      answer.items.map((item) => item.itemId),
      JSON.stringify(call),
    );
    return answer;
  });
  if (call === undefined) return <p class="note">{text("rec.askId")}</p>;
  if (shelf.problem !== undefined) {
    return <ProblemNote title={text("rec.failed")} problem={shelf.problem} onRetry={shelf.retry} />;
  }
  if (shelf.value === undefined) return <div class="skeleton skeleton-table" />;
  const { items, level, market, ignored } = shelf.value;
  return (
    <div class="shelf" aria-busy={shelf.isLoading}>
      <p class="shelf-source">
        {text("rec.madeFrom", {
          level: findMessage(language.value, `level.${level}`) ?? level,
          market: market ?? text("rec.anyMarket"),
        })}
      </p>
      {ignored.length > 0 && <p class="shelf-source">{text("rec.ignored", { items: ignored.join(", ") })}</p>}
      {items.length === 0 && <p class="note">{text("rec.empty")}</p>}
      <ol class="shelf-items" aria-label={label}>
        {items.map((item) => (
          <ShelfRow key={item.itemId} item={item} isOnlyHere={others?.includes(item.itemId) === false} />
        ))}
      </ol>
    </div>
  );
}

function ShelfRow({ item, isOnlyHere }: { readonly item: ShelfItem; readonly isOnlyHere: boolean }) {
  return (
    <li class="shelf-item" data-item={item.itemId}>
      <div class="shelf-words">
        <strong>{item.title}</strong>
        <span class="shelf-detail">
          {[item.itemId, item.category, priceOf(item)].filter((part) => part !== null).join(" · ")}
        </span>
        <span class="shelf-detail">{describeReason(item.reason)}</span>
        {(item.contributions ?? []).length > 0 && (
          <span class="shelf-detail">
            {(item.contributions ?? [])
              .map(({ itemId, share }) => `${itemId} ${(share * 100).toFixed(0)} %`)
              .join(" · ")}
          </span>
        )}
      </div>
      <div class="shelf-score">
        <span title={text("rec.score")}>{item.score.toPrecision(3)}</span>
        {isOnlyHere && <span class="shelf-only">{text("rec.onlyHere")}</span>}
      </div>
    </li>
  );
}

function priceOf({ priceMinor, currency }: ShelfItem): string | null {
  if (priceMinor === null || currency === null) return null;
  return formatValue(priceMinor, { unit: "money", currency }, language.value);
}
