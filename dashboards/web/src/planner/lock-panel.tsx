import { text } from "../state/text.ts";
import { describeStop } from "./describe-stop.ts";
import { orderOf } from "./edit-plan.ts";
import { NumberField } from "./number-field.tsx";
import { Panel } from "./panel.tsx";
import { countLocks, isTask, lockPrefix, lockStop, NO_LOCKS, toggleRoute } from "./plan-locks.ts";
import {
  chosenStop,
  chosenVehicle,
  isSearching,
  locks,
  searchAgain,
  stabilityCost,
  timeLimitSec,
} from "./planner-state.ts";
import { nameOfTask, type RoutePlan, type RouteProblem } from "./vroom.ts";

interface LockPanelProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** Locks stops, the begin of a route or all of it, and searches again from the plan on screen with what is locked. */
export function LockPanel({ problem, plan }: LockPanelProps) {
  const count = countLocks(locks.value);
  return (
    <Panel name="locks" title={text("planner.locksTitle")}>
      <LockControls problem={problem} plan={plan} />
      <p class="planner-locked-count">{count === 0 ? text("planner.noLocks") : text("planner.locks", { count })}</p>
      <div class="planner-controls">
        <NumberField label={text("planner.moveCost")} min={0} value={stabilityCost} />
        <button
          type="button"
          class="button button-primary"
          disabled={isSearching.value}
          onClick={() => void searchAgain()}
        >
          {text("planner.searchAgain", { seconds: timeLimitSec.value })}
        </button>
        {count > 0 && (
          <button type="button" class="button" onClick={() => (locks.value = NO_LOCKS)}>
            {text("planner.unlockAll")}
          </button>
        )}
      </div>
    </Panel>
  );
}

/** What can be locked or freed of what is chosen. */
function LockControls({ problem, plan }: LockPanelProps) {
  const [stop, vehicle] = [chosenStop.value, chosenVehicle.value];
  if (vehicle === undefined) return <p class="hint">{text("planner.chooseLock")}</p>;
  const stops = orderOf(problem, plan).get(vehicle) ?? [];
  const tasks = stops.filter(isTask);
  const rank = stop === undefined ? -1 : tasks.findIndex((one) => nameOfTask(one) === nameOfTask(stop));
  const now = locks.value;
  const order = now.orders.get(vehicle);
  const isWhole = order?.isWhole === true;
  const isTied = stop !== undefined && now.stops.get(nameOfTask(stop)) === vehicle;
  const last = order?.stops.findLast(isTask);
  const isEnd = !isWhole && stop !== undefined && last !== undefined && nameOfTask(last) === nameOfTask(stop);
  return (
    <div class="planner-controls">
      <button
        type="button"
        class="button"
        aria-pressed={isWhole}
        onClick={() => (locks.value = toggleRoute(now, vehicle, stops))}
      >
        {text(isWhole ? "planner.unlockRoute" : "planner.lockRoute", { vehicle })}
      </button>
      {stop !== undefined && rank >= 0 && (
        <>
          <button
            type="button"
            class="button"
            aria-pressed={isEnd}
            onClick={() => (locks.value = lockPrefix(now, vehicle, stops, isEnd ? 0 : rank + 1))}
          >
            {text(isEnd ? "planner.unlockPrefix" : "planner.lockPrefix", { stop: describeStop(stop) })}
          </button>
          <button
            type="button"
            class="button"
            aria-pressed={isTied}
            onClick={() => (locks.value = lockStop(problem, now, stop, isTied ? undefined : vehicle))}
          >
            {text(isTied ? "planner.unlockStop" : "planner.lockStop", { stop: describeStop(stop), vehicle })}
          </button>
        </>
      )}
    </div>
  );
}
