import { saveFile } from "../cards/save-file.ts";
import { IconButton } from "../parts/icon-button.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { DASH } from "../text/format.ts";
import { formatMetres, formatNumber, formatSpan } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { canUndo, keepPlan, undoMove } from "./planner-state.ts";
import { ViolationList } from "./violation-list.tsx";
import type { RoutePlan, RouteProblem } from "./vroom.ts";

interface PlanFiguresProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** What the plan comes to, what it breaks, and what can be done with it as a whole. */
export function PlanFigures({ problem, plan }: PlanFiguresProps) {
  const { summary } = plan;
  const figures = [
    [text("planner.cost"), formatNumber(summary.cost, language.value)],
    [text("planner.routes"), formatNumber(summary.routes, language.value)],
    [text("planner.unassigned"), formatNumber(summary.unassigned, language.value)],
    [text("planner.travel"), formatSpan(summary.duration, language.value)],
    ...(summary.distance === undefined
      ? []
      : [[text("planner.distance"), formatMetres(summary.distance, language.value)] as const]),
    ...(summary.lateness === undefined
      ? []
      : ([
          [text("planner.late"), summary.lateness === 0 ? DASH : formatSpan(summary.lateness, language.value)],
          [text("planner.lateCost"), formatNumber(summary.lateness_cost ?? 0, language.value)],
        ] as const)),
  ] as const;
  const tools = (
    <>
      {canUndo.value && <IconButton icon="undo" label={text("planner.undo")} onClick={undoMove} />}
      <button type="button" class="button button-plain" onClick={keepPlan}>
        {text("planner.keep")}
      </button>
      <IconButton
        icon="download"
        label={text("planner.download")}
        onClick={() => saveFile("solution.json", JSON.stringify(plan, null, 2), "application/json")}
      />
    </>
  );
  return (
    <Panel name="figures" title={text("planner.plan")} tools={tools}>
      <dl class="planner-numbers">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ViolationList problem={problem} plan={plan} />
    </Panel>
  );
}
