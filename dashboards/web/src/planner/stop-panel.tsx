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
        {vehicle !== undefined && stops.length > 1 && (
          <MoveSelect
            label={text("planner.moveAfter")}
            options={[
              ...(rank === 0 ? [] : [{ value: 0, label: describeStop({ type: "start" }) }]),
              ...stops.flatMap((one, at) =>
                at === rank || at === rank - 1 ? [] : [{ value: at < rank ? at + 1 : at, label: describeStop(one) }],
              ),
            ]}
            onChoose={(position) => void move(stop, vehicle, position)}
          />
        )}
        {!isBreak && (
          <MoveSelect
            label={text("planner.moveTo")}
            options={[...order.keys()].filter((id) => id !== vehicle).map((id) => ({ value: id, label: String(id) }))}
            onChoose={(target) => void move(stop, target, order.get(target)?.length ?? 0)}
          />
        )}
      </div>
    </>
  );
}

interface MoveSelectProps {
  readonly label: string;
  readonly options: readonly { readonly value: number; readonly label: string }[];
  readonly onChoose: (value: number) => void;
}

/** Places to choose from; choosing one moves the stop there. */
function MoveSelect({ label, options, onChoose }: MoveSelectProps) {
  return (
    <label class="planner-seconds">
      {label}
      <select class="control" value="" onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        <option value="">{text("planner.chooseVehicle")}</option>
        {options.map(({ value, label: name }, at) => (
          <option key={at} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function rankOf(stops: readonly Stop[], stop: Stop): number {
  return stops.findIndex((one) => nameOfTask(one) === nameOfTask(stop));
}
