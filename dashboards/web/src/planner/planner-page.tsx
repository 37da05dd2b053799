import { PageHeader } from "../layout/page-header.tsx";
import { text } from "../state/text.ts";
import { ComparisonPanel } from "./comparison-panel.tsx";
import { LockPanel } from "./lock-panel.tsx";
import { ProblemPanel } from "./problem-panel.tsx";
import { PlanFigures } from "./plan-figures.tsx";
import { PlanMap } from "./plan-map.tsx";
import { PlanTimeline } from "./plan-timeline.tsx";
import { plan, problem } from "./planner-state.ts";
import { RouteTable } from "./route-table.tsx";
import { SearchPanel } from "./search-panel.tsx";
import { StopPanel } from "./stop-panel.tsx";
import { UnassignedTray } from "./unassigned-tray.tsx";

/** The route planner: a problem, its search, and the plan as map, timeline and table, changed by hand where wanted. */
export function PlannerPage() {
  const [asked, shown] = [problem.value, plan.value];
  return (
    <>
      <PageHeader title={text("planner.title")} description={text("planner.description")} />
      <div class="planner">
        <ProblemPanel />
        <SearchPanel />
        {asked !== undefined && shown !== undefined && (
          <>
            <PlanFigures problem={asked} plan={shown} />
            <PlanMap problem={asked} plan={shown} />
            <PlanTimeline problem={asked} plan={shown} />
            <RouteTable problem={asked} plan={shown} />
            <StopPanel problem={asked} plan={shown} />
            <LockPanel problem={asked} plan={shown} />
            <UnassignedTray plan={shown} />
            <ComparisonPanel plan={shown} />
          </>
        )}
      </div>
    </>
  );
}
