import { ColumnHeads } from "../parts/column-heads.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { DASH } from "../text/format.ts";
import { comparePlans, type Visit } from "./compare-plans.ts";
import { describeLateness, describeStop } from "./describe-stop.ts";
import { findBrokenLocks } from "./find-broken-locks.ts";
import { formatClock, formatNumber, formatSpan } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { choose, keptPlan, locks } from "./planner-state.ts";
import { ScrollBox } from "./scroll-box.tsx";
import { nameOfTask, type RoutePlan } from "./vroom.ts";

/** Changed stops shown at once. */
const SHOWN = 200;

/** The kept plan beside the one on screen: their figures, and every stop that another vehicle or hour serves. */
export function ComparisonPanel({ plan }: { readonly plan: RoutePlan }) {
  const kept = keptPlan.value;
  if (kept === undefined) return null;
  const changed = comparePlans(kept, plan);
  const rows = [
    [
      text("planner.cost"),
      formatNumber(kept.summary.cost, language.value),
      formatNumber(plan.summary.cost, language.value),
    ],
    [text("planner.routes"), kept.summary.routes, plan.summary.routes],
    [text("planner.unassigned"), kept.summary.unassigned, plan.summary.unassigned],
    [
      text("planner.travel"),
      formatSpan(kept.summary.duration, language.value),
      formatSpan(plan.summary.duration, language.value),
    ],
    ...(kept.summary.lateness === undefined && plan.summary.lateness === undefined
      ? []
      : [[text("planner.late"), lateOf(kept), lateOf(plan)] as const]),
    [text("planner.broken"), countBroken(kept), countBroken(plan)],
  ] as const;
  return (
    <Panel name="comparison" title={text("planner.comparison")}>
      <ScrollBox label={text("planner.comparison")}>
        <table class="data-table">
          <ColumnHeads
            words={[text("planner.changed", { count: changed.length })]}
            numbers={[text("planner.kept"), text("planner.shown")]}
          />
          <tbody>
            {rows.map(([name, before, after]) => (
              <tr key={name} class={before === after ? "" : "is-changed"}>
                <th scope="row">{name}</th>
                <td class="number">{before}</td>
                <td class="number">{after}</td>
              </tr>
            ))}
            {changed.slice(0, SHOWN).map(({ stop, before, after }) => (
              <tr key={nameOfTask(stop)}>
                <th scope="row">
                  <button type="button" class="route-button" onClick={() => choose(after?.vehicle, stop)}>
                    {describeStop(stop)}
                  </button>
                </th>
                <td class="number">{describeVisit(before)}</td>
                <td class="number">{describeVisit(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

function lateOf({ summary }: RoutePlan): string {
  return describeLateness(summary) ?? text("planner.onTime");
}

/** Kinds of broken rules; locks are one kind. */
function countBroken(plan: RoutePlan): number {
  return plan.summary.violations.length + Math.min(1, findBrokenLocks(plan, locks.value).length);
}

function describeVisit(visit: Visit | undefined): string {
  if (visit === undefined) return DASH;
  return text("planner.visit", { vehicle: visit.vehicle, time: formatClock(visit.arrival, language.value) });
}
