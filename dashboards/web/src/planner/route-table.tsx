import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { DASH } from "../text/format.ts";
import { formatClock, formatMetres, formatNumber, formatSpan } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { isLocked, isTask } from "./plan-locks.ts";
import { choose, chosenStop, chosenVehicle, locks } from "./planner-state.ts";
import { colourOf } from "./route-look.ts";
import { describeViolation } from "./violation-list.tsx";
import { nameOfTask, type PlanRoute, type RoutePlan, type RouteProblem } from "./vroom.ts";

interface RouteTableProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** Every route with its figures; the chosen one with its stops. */
export function RouteTable({ problem, plan }: RouteTableProps) {
  const chosen = plan.routes.find(({ vehicle }) => vehicle === chosenVehicle.value);
  return (
    <Panel name="table" title={text("planner.routesTable")}>
      <div class="planner-scroll" role="region" aria-label={text("planner.routesTable")} tabIndex={0}>
        <table class="data-table">
          <thead>
            <tr>
              <th scope="col">{text("planner.vehicle")}</th>
              <th scope="col" class="number">
                {text("planner.stops")}
              </th>
              <th scope="col">{text("planner.hours")}</th>
              <th scope="col" class="number">
                {text("planner.travel")}
              </th>
              <th scope="col" class="number">
                {text("planner.distance")}
              </th>
              <th scope="col" class="number">
                {text("planner.cost")}
              </th>
            </tr>
          </thead>
          <tbody>
            {plan.routes.map((route) => (
              <RouteRow key={route.vehicle} route={route} colour={colourOf(problem, route.vehicle)} />
            ))}
          </tbody>
        </table>
      </div>
      {chosen === undefined ? (
        <p class="hint">{text("planner.chooseRoute")}</p>
      ) : (
        <StopTable problem={problem} route={chosen} />
      )}
    </Panel>
  );
}

function RouteRow({ route, colour }: { readonly route: PlanRoute; readonly colour: string }) {
  const { vehicle, steps, violations } = route;
  const isChosen = chosenVehicle.value === vehicle;
  return (
    <tr class={`${colour} ${isChosen ? "is-chosen" : ""}`}>
      <th scope="row">
        <button
          type="button"
          class="route-button"
          aria-pressed={isChosen}
          onClick={() => choose(isChosen ? undefined : vehicle, undefined)}
        >
          <span class="route-swatch" />
          {route.description ?? vehicle}
          {violations.length > 0 && <span class="planner-broken">{` (${violations.length})`}</span>}
        </button>
      </th>
      <td class="number">{steps.filter(isTask).length}</td>
      <td>
        {formatClock(steps[0]?.arrival ?? 0, language.value)}–{formatClock(steps.at(-1)?.arrival ?? 0, language.value)}
      </td>
      <td class="number">{formatSpan(route.duration, language.value)}</td>
      <td class="number">{route.distance === undefined ? DASH : formatMetres(route.distance, language.value)}</td>
      <td class="number">{formatNumber(route.cost, language.value)}</td>
    </tr>
  );
}

function StopTable({ problem, route }: { readonly problem: RouteProblem; readonly route: PlanRoute }) {
  const chosen = chosenStop.value === undefined ? "" : nameOfTask(chosenStop.value);
  const tasks = route.steps.filter(isTask);
  return (
    <div class="planner-scroll" role="region" aria-label={text("planner.stops")} tabIndex={0}>
      <table class="data-table planner-stops">
        <thead>
          <tr>
            <th scope="col">{text("planner.stop")}</th>
            <th scope="col">{text("planner.arrival")}</th>
            <th scope="col" class="number">
              {text("planner.waiting")}
            </th>
            <th scope="col" class="number">
              {text("planner.load")}
            </th>
            <th scope="col">{text("planner.breaks")}</th>
          </tr>
        </thead>
        <tbody>
          {route.steps.map((step, at) => {
            const { type, id } = step;
            const isStop = type !== "start" && type !== "end" && type !== "reload" && id !== undefined;
            const isKept =
              isStop && isTask(step) && isLocked(locks.value, route.vehicle, tasks.indexOf(step), { type, id });
            return (
              <tr key={at} class={chosen === nameOfTask(step) ? "is-chosen" : ""}>
                <th scope="row">
                  {isStop ? (
                    <button
                      type="button"
                      class="route-button"
                      aria-pressed={chosen === nameOfTask(step)}
                      onClick={() => choose(route.vehicle, { type, id })}
                    >
                      {nameOfTask(step)}
                    </button>
                  ) : (
                    nameOfTask(step)
                  )}
                  {isKept && <span class="planner-locked">{text("planner.locked")}</span>}
                </th>
                <td>{formatClock(step.arrival, language.value)}</td>
                <td class="number">{step.waiting_time > 0 ? formatSpan(step.waiting_time, language.value) : DASH}</td>
                <td class="number">{step.load?.join(" · ") ?? DASH}</td>
                <td class={step.violations.length > 0 ? "planner-broken" : ""}>
                  {step.violations.length === 0
                    ? DASH
                    : step.violations
                        .map((violation) => describeViolation(violation, step, problem, route.vehicle))
                        .join(", ")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
