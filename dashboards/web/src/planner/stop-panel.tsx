import { text } from "../state/text.ts";
import { orderOf, type Stop, type StopOrder } from "./edit-plan.ts";
import { Panel } from "./panel.tsx";
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
  const isBreak = stop.type === "break";
  return (
    <>
      <p>
        {vehicle === undefined
          ? text("planner.stopOff", { stop: nameOfTask(stop) })
          : text("planner.stopAt", { stop: nameOfTask(stop), vehicle, rank: rank + 1, count: stops.length })}
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
