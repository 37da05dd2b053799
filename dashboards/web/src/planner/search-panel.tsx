import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { drawCostCurve } from "./draw-cost-curve.ts";
import { formatNumber, formatSpan } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { job, progress, timeLimitSec } from "./planner-state.ts";

const WIDTH = 320;
const HEIGHT = 120;

/** How far the search is: its state and the cost of the best plan over time. */
export function SearchPanel() {
  const state = job.value?.state;
  const found = progress.value;
  const [first, best] = [found[0], found.at(-1)];
  return (
    <Panel name="search" title={text("planner.search")}>
      <p class="planner-state" role="status">
        {state === undefined ? text("planner.notStarted") : text(`searchState.${state}`)}
      </p>
      {first !== undefined && best !== undefined && (
        <>
          <svg
            class="cost-curve"
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={text("planner.costCurve", {
              first: formatNumber(first.cost, language.value),
              last: formatNumber(best.cost, language.value),
              count: found.length,
            })}
          >
            <path
              d={drawCostCurve(found, timeLimitSec.value * 1000, WIDTH, HEIGHT)}
              vector-effect="non-scaling-stroke"
            />
          </svg>
          <p class="cost-curve-ends">
            <span>{formatSpan(0, language.value)}</span>
            <span>{formatSpan(Math.max(timeLimitSec.value, best.elapsedMs / 1000), language.value)}</span>
          </p>
          <p class="planner-best">
            {text("planner.best", {
              cost: formatNumber(best.cost, language.value),
              unassigned: best.unassigned,
              time: formatSpan(best.elapsedMs / 1000, language.value),
            })}
          </p>
        </>
      )}
    </Panel>
  );
}
