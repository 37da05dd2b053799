import { useState } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { Field } from "../parts/field.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { findMessage } from "../text/messages.ts";
import { writeCheck } from "./check-request.ts";
import type { ShelfItem } from "./recommendation-types.ts";
import type { ShelfQuestion } from "./shelf-request.ts";

/** Answer of POST /v1/recommendations/rank, as far as the card reads it. */
interface RankAnswer {
  readonly items: readonly Pick<ShelfItem, "itemId" | "title">[];
  readonly removed: readonly { readonly itemId: string; readonly reason: string }[];
  readonly ignored: readonly string[];
}

/** Which of some items the page's shopper may be shown, in which order, and which filter bars the others. */
export function CheckCard({ question }: { readonly question: ShelfQuestion }) {
  const [typed, setTyped] = useState("");
  const body = writeCheck(typed, question);
  const answer = useLoaded(body === undefined ? undefined : `check ${JSON.stringify(body)}`, () =>
    requestJson<RankAnswer>("/v1/recommendations/rank", body),
  );
  return (
    <LoadedCard
      id="check"
      title={text("check.title")}
      loaded={answer}
      failed={text("rec.failed")}
      ask={body === undefined ? text("check.ask") : undefined}
      before={<ItemsForm onAsk={setTyped} />}
    >
      {({ items, removed, ignored }) => (
        <CardTable card="check" isBusy={answer.isLoading}>
          <ColumnHeads words={[text("check.item"), text("check.verdict")]} numbers={[]} />
          <tbody>
            {items.map(({ itemId, title }, at) => (
              <Row key={itemId} id={itemId} title={title} verdict={text("check.place", { place: at + 1 })} />
            ))}
            {removed.map(({ itemId, reason }) => (
              <Row
                key={itemId}
                id={itemId}
                verdict={findMessage(language.value, `barred.${reason}`) ?? reason}
                isBarred
              />
            ))}
            {ignored.map((itemId) => (
              <Row key={itemId} id={itemId} verdict={text("check.unknown")} isBarred />
            ))}
          </tbody>
        </CardTable>
      )}
    </LoadedCard>
  );
}

function ItemsForm({ onAsk }: { readonly onAsk: (typed: string) => void }) {
  const [draft, setDraft] = useState("");
  return (
    <form
      class="filter-bar stock-form"
      data-form="check"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(draft);
      }}
    >
      <Field name="candidates" label={text("check.items")} value={draft} onInput={setDraft} />
      <button type="submit" class="button button-primary">
        {text("rec.show")}
      </button>
    </form>
  );
}

interface RowProps {
  readonly id: string;
  readonly title?: string;
  readonly verdict: string;
  readonly isBarred?: boolean;
}

function Row({ id, title, verdict, isBarred = false }: RowProps) {
  return (
    <tr data-checked={id}>
      <th scope="row">
        {title ?? id}
        {title !== undefined && <span class="unit">{id}</span>}
      </th>
      <td class={isBarred ? "is-barred" : ""}>{verdict}</td>
    </tr>
  );
}
