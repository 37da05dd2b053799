import { text } from "../state/text.ts";
import { describeStop } from "./describe-stop.ts";
import { orderOf, type Stop, type StopOrder } from "./edit-plan.ts";
import { Panel } from "./panel.tsx";
import { isTask } from "./plan-locks.ts";
import { chosenStop, move } from "./planner-state.ts";
import { nameOfTask, type RoutePlan, type RouteProblem } from "./vroom.ts";

interface StopPanelProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** Moves the chosen stop by hand; the plan is timed anew at once, with all it then breaks. */
export function StopPanel({ problem, plan }: StopPanelProps) {
  const stop = chosenStop.value;
  const order = orderOf(problem, plan);
  return (
    <Panel name="stop" title={text("planner.moveTitle")}>
      {stop === undefined ? (
        <p class="hint">{text("planner.chooseStop")}</p>
      ) : (
        <MoveControls stop={stop} order={order} key={nameOfTask(stop)} />
      )}
    </Panel>
  );
}

function MoveControls({ stop, order }: { readonly stop: Stop; readonly order: StopOrder }) {
  const [vehicle, stops = []] = [...order].find(([, one]) => rankOf(one, stop) >= 0) ?? [];
  const rank = rankOf(stops, stop);
  const counted = stops.filter(isTask);
  const trip = stops.slice(0, rank).filter(({ type }) => type === "reload").length + 1;
  const isBreak = stop.type === "break";
  return (
    <>
      <p>
        {vehicle === undefined
          ? text("planner.stopOff", { stop: describeStop(stop) })
          : isBreak
            ? text("planner.breakAt", { stop: describeStop(stop), vehicle })
            : text("planner.stopAt", {
                stop: describeStop(stop),
                vehicle,
                rank: rankOf(counted, stop) + 1,
                count: counted.length,
              })}
        {stops.some(({ type }) => type === "reload") && ` · ${text("planner.trip", { trip })}`}
      </p>
      <div class="planner-controls">
        {vehicle !== undefined && (
          <>
            <button
              type="button"
              class="button"
              disabled={rank === 0}
              onClick={() => void move(stop, vehicle, rank - 1)}
            >
              {text("planner.earlier")}
            </button>
            <button
              type="button"
              class="button"
              disabled={rank === stops.length - 1}
              onClick={() => void move(stop, vehicle, rank + 1)}
            >
              {text("planner.later")}
            </button>
            {!isBreak && (
              <button type="button" class="button" onClick={() => void move(stop, undefined, 0)}>
                {text("planner.takeOff")}
              </button>
            )}
          </>
        )}
        {!isBreak && (
          <label class="planner-seconds">
            {text("planner.moveTo")}
            <select
              class="control"
              value=""
              onChange={(event) => {
                const target = Number(event.currentTarget.value);
                void move(stop, target, order.get(target)?.length ?? 0);
              }}
            >
              <option value="">{text("planner.chooseVehicle")}</option>
              {[...order.keys()]
                .filter((id) => id !== vehicle)
                .map((id) => (
                  <option key={id} value={id}>
                    {id}
                  </option>
                ))}
            </select>
          </label>
        )}
      </div>
    </>
  );
}

function rankOf(stops: readonly Stop[], stop: Stop): number {
  return stops.findIndex((one) => nameOfTask(one) === nameOfTask(stop));
}
