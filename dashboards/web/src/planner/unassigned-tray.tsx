import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { findMessage } from "../text/messages.ts";
import { describeStop } from "./describe-stop.ts";
import { formatSpan } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { choose, chosenStop } from "./planner-state.ts";
import { nameOfViolation } from "./violation-list.tsx";
import { nameOfTask, type RoutePlan, type UnassignedTask } from "./vroom.ts";

/** Tasks shown at once. */
const SHOWN = 100;

/** What the plan leaves out, each with the reason and the vehicle that misses by least. */
export function UnassignedTray({ plan: { unassigned } }: { readonly plan: RoutePlan }) {
  const chosen = chosenStop.value === undefined ? "" : nameOfTask(chosenStop.value);
  return (
    <Panel name="tray" title={text("planner.unassignedCount", { count: unassigned.length })}>
      {unassigned.length === 0 ? (
        <p class="hint">{text("planner.allServed")}</p>
      ) : (
        <ul class="planner-left-out">
          {unassigned.slice(0, SHOWN).map((task) => (
            <li key={nameOfTask(task)}>
              <button
                type="button"
                class="choice"
                aria-pressed={chosen === nameOfTask(task)}
                onClick={() => choose(undefined, { type: task.type, id: task.id })}
              >
                <strong>{describeStop(task)}</strong>
                <span>{explain(task)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function explain({ reason, nearest_miss: miss }: UnassignedTask): string {
  const why = findMessage(language.value, `leftOut.${reason}`) ?? reason;
  if (miss === undefined) return why;
  const rules = miss.violations.map(({ cause, duration }) =>
    duration === undefined
      ? nameOfViolation(cause)
      : `${nameOfViolation(cause)}: ${formatSpan(duration, language.value)}`,
  );
  return `${why} ${text("planner.nearestMiss", { vehicle: miss.vehicle, rules: rules.join(", ") })}`;
}
