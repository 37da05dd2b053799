import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { formatValue } from "../text/format.ts";
import { findMessage } from "../text/messages.ts";
import { BeyondSeenNote } from "./beyond-seen-note.tsx";
import { describeElasticity } from "./describe-elasticity.ts";
import type { InventoryQuestion } from "./inventory-question.ts";
import type { PriceAnswer, PriceChoice } from "./inventory-types.ts";

/** What another price would do to demand and margin over four weeks. */
export function PriceCard({ question }: { readonly question: InventoryQuestion }) {
  const { product, market, unitCostMinor } = question;
  const isAsked = product !== "" && unitCostMinor !== "";
  const body = {
    product,
    ...(market === "" ? {} : { market }),
    unitCostMinor: Number(unitCostMinor),
    usePooled: true,
  };
  const advice = useLoaded(isAsked ? JSON.stringify(body) : undefined, () =>
    requestJson<PriceAnswer>("/v1/pricing/optimize", body),
  );
  return (
    <LoadedCard
      id="price"
      title={text("stock.price")}
      loaded={advice}
      failed={text("stock.priceFailed")}
      ask={isAsked ? undefined : text("stock.priceAsk")}
    >
      {(answer) => <Advice answer={answer} />}
    </LoadedCard>
  );
}

function Advice({ answer }: { readonly answer: PriceAnswer }) {
  const { currency } = answer;
  const money = (value: number): string => formatValue(Math.round(value), { unit: "money", currency }, language.value);
  const row = (label: string, choice: PriceChoice) => (
    <tr data-price={label}>
      <th scope="row">{label}</th>
      <td class="number">{money(choice.price)}</td>
      <td class="number">{formatValue(Math.round(choice.units), { unit: "count" }, language.value)}</td>
      <td class="number">{money(choice.margin)}</td>
    </tr>
  );
  return (
    <>
      <p class="card-note">
        {describeElasticity(answer)} {findMessage(language.value, `stock.bound.${answer.best.bound}`) ?? ""}
      </p>
      <BeyondSeenNote price={answer.best.price} seen={answer} />
      <CardTable card="price" caption={text("stock.price")}>
        <ColumnHeads words={[""]} numbers={[text("stock.unitPrice"), text("stock.units"), text("stock.margin")]} />
        <tbody>
          {row(text("stock.now"), answer.now)}
          {row(text("stock.best"), answer.best)}
        </tbody>
      </CardTable>
    </>
  );
}
