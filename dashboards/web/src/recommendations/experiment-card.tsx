import { requestJson } from "../api/request-json.ts";
import { CardTable } from "../parts/card-table.tsx";
import { ColumnHeads } from "../parts/column-heads.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DASH, formatPeriod, formatValue } from "../text/format.ts";

interface Interval {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** What a list of a way to recommend that is not live would have earned. */
interface CandidateValue {
  readonly candidate: string;
  readonly lists: number;
  readonly coverage: number;
  readonly clicksPerList: Value | null;
  readonly revenuePerList: Value | null;
  readonly shown: { readonly clicksPerList: number; readonly revenuePerList: number };
}

interface Value {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface ExperimentsAnswer {
  readonly experiments: readonly { readonly id: string }[];
}

/** Answer of GET /v1/experiments/{id}, as far as the card reads it. */
interface ExperimentAnswer {
  readonly id: string;
  readonly title: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly isActive: boolean;
  readonly variants: readonly { readonly id: string; readonly share: number }[];
  readonly readOut: {
    readonly currency: string | null;
    readonly against: string;
    readonly leftOut: number;
    readonly variants: readonly {
      readonly variant: string;
      readonly visitors: number;
      readonly impressions: number;
      readonly clicks: number;
      readonly buyers: number;
      readonly revenuePerVisitor: number;
      readonly marginPerVisitor: number | null;
      readonly costedShare: number | null;
    }[];
    readonly differences: readonly {
      readonly variant: string;
      readonly buyersAdjusted: Interval | null;
      readonly revenueAdjusted: Interval | null;
      readonly marginAdjusted: Interval | null;
    }[];
    readonly candidates: readonly CandidateValue[];
    readonly sampleRatio: { readonly pValue: number; readonly warning: string | null };
  };
}

/** What each experiment has shown: figures a variant, and differences to the first with their intervals. */
export function ExperimentCards() {
  const list = useLoaded("experiments", () => requestJson<ExperimentsAnswer>("/v1/experiments"));
  if (list.problem !== undefined) {
    return (
      <div class="span-12">
        <ProblemNote title={text("exp.failed")} problem={list.problem} onRetry={list.retry} />
      </div>
    );
  }
  return (
    <>
      {(list.value?.experiments ?? []).map(({ id }) => (
        <ExperimentCard key={id} id={id} />
      ))}
    </>
  );
}

function ExperimentCard({ id }: { readonly id: string }) {
  const path = `/v1/experiments/${encodeURIComponent(id)}`;
  const experiment = useLoaded(path, () => requestJson<ExperimentAnswer>(path));
  return (
    <LoadedCard
      id={`experiment-${id}`}
      title={text("exp.title", { title: experiment.value?.title ?? id })}
      unit={experiment.value === undefined ? undefined : describeDays(experiment.value)}
      loaded={experiment}
      failed={text("exp.failed")}
      empty={({ readOut }) =>
        readOut.variants.every(({ visitors }) => visitors === 0) ? text("exp.nobody") : undefined
      }
    >
      {(answer) => <ReadOut experiment={answer} card={`experiment-${id}`} />}
    </LoadedCard>
  );
}

function describeDays({ startsOn, endsOn, isActive }: ExperimentAnswer): string {
  return `${formatPeriod(startsOn, endsOn, language.value)} · ${text(isActive ? "exp.runs" : "exp.over")}`;
}

function ReadOut({ experiment, card }: { readonly experiment: ExperimentAnswer; readonly card: string }) {
  const { readOut, variants } = experiment;
  const money = moneyOf(readOut.currency);
  return (
    <>
      {readOut.sampleRatio.warning !== null && (
        <p class="note" role="alert">
          {text("exp.ratio", {
            counts: readOut.variants.map(({ visitors }) => visitors).join(" : "),
            shares: variants.map(({ share }) => `${Math.round(share * 100)} %`).join(" : "),
          })}
        </p>
      )}
      <CardTable card={card}>
        <ColumnHeads words={[text("exp.variant")]} numbers={COLUMNS.map((name) => text(`exp.${name}`))} />
        <tbody>
          {readOut.variants.map((row) => (
            <tr key={row.variant} data-variant={row.variant}>
              <th scope="row">{row.variant}</th>
              <td class="number">{count(row.visitors)}</td>
              <td class="number">{count(row.impressions)}</td>
              <td class="number">{count(row.clicks)}</td>
              <td class="number">{row.visitors === 0 ? DASH : percent(row.buyers / row.visitors)}</td>
              <td class="number">{money(row.revenuePerVisitor)}</td>
              <td class="number">{describeMargin(row, money)}</td>
            </tr>
          ))}
          {readOut.differences.map(({ variant, buyersAdjusted, revenueAdjusted, marginAdjusted }) => (
            <tr key={`against ${variant}`} data-against={variant}>
              <th scope="row" colSpan={4}>
                {text("exp.against", { variant, control: readOut.against })}
              </th>
              <td class="number">{describeInterval(buyersAdjusted, percent)}</td>
              <td class="number">{describeInterval(revenueAdjusted, money)}</td>
              <td class="number">{describeInterval(marginAdjusted, money)}</td>
            </tr>
          ))}
        </tbody>
      </CardTable>
      {readOut.candidates.length > 0 && <Candidates rows={readOut.candidates} money={money} />}
      {readOut.leftOut > 0 && <p class="card-note">{text("exp.leftOut", { count: readOut.leftOut })}</p>}
    </>
  );
}

/** Ways to recommend that nobody is shown, valued by what exploration has shown. */
function Candidates(props: { readonly rows: readonly CandidateValue[]; readonly money: (minor: number) => string }) {
  const { rows, money } = props;
  const valued = (value: Value | null, format: (amount: number) => string): string =>
    value === null ? DASH : describeInterval({ ...value, difference: value.value }, format);
  return (
    <div class="table-scroll">
      <table class="data-table">
        <caption>{text("exp.candidates")}</caption>
        <ColumnHeads words={[text("exp.candidate")]} numbers={CANDIDATE_COLUMNS.map((name) => text(`exp.${name}`))} />
        <tbody>
          {rows.map(({ candidate, lists, coverage, clicksPerList, revenuePerList, shown }) => (
            <tr key={candidate} data-candidate={candidate}>
              <th scope="row">{candidate}</th>
              <td class="number">{count(lists)}</td>
              <td class="number">{percent(coverage)}</td>
              <td class="number">{valued(clicksPerList, decimal)}</td>
              <td class="number">{decimal(shown.clicksPerList)}</td>
              <td class="number">{valued(revenuePerList, money)}</td>
              <td class="number">{money(shown.revenuePerList)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CANDIDATE_COLUMNS = [
  "lists",
  "coverage",
  "clicksPerList",
  "clicksShown",
  "revenuePerList",
  "revenueShown",
] as const;

function decimal(value: number): string {
  return value.toFixed(3);
}

const COLUMNS = ["visitors", "impressions", "clicks", "buyers", "revenue", "margin"] as const;

/** With the share of the sales that it is known for where that is not all of them. */
function describeMargin(
  { marginPerVisitor, costedShare }: { marginPerVisitor: number | null; costedShare: number | null },
  money: (minor: number) => string,
): string {
  if (marginPerVisitor === null) return DASH;
  const known =
    costedShare === null || costedShare === 1 ? "" : ` (${text("exp.costed", { share: percent(costedShare) })})`;
  return money(marginPerVisitor) + known;
}

function count(value: number): string {
  return formatValue(value, { unit: "count" }, language.value);
}

function percent(share: number): string {
  return formatValue(share, { unit: "percent" }, language.value);
}

/** Minor units as money, or as plain numbers where stores of several currencies are mixed. */
function moneyOf(currency: string | null): (minor: number) => string {
  return (minor) =>
    currency === null
      ? count(Math.round(minor))
      : formatValue(Math.round(minor), { unit: "money", currency }, language.value);
}

function describeInterval(interval: Interval | null, format: (value: number) => string): string {
  if (interval === null) return DASH;
  return `${format(interval.difference)} [${format(interval.low)}, ${format(interval.high)}]`;
}
