import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { DASH } from "../text/format.ts";
import { describeBrokenLock, describeLateness, describeSteps } from "./describe-stop.ts";
import type { Stop } from "./edit-plan.ts";
import { formatClock, formatMetres, formatNumber, formatSpan } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { isLocked, isTask } from "./plan-locks.ts";
import { brokenLocks, choose, chosenStop, chosenVehicle, locks } from "./planner-state.ts";
import { colourOf } from "./route-look.ts";
import { describeViolation } from "./violation-list.tsx";
import { ScrollBox } from "./scroll-box.tsx";
import { nameOfTask, type PlanRoute, type PlanStep, type RoutePlan, type RouteProblem } from "./vroom.ts";

interface RouteTableProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** Every route with its figures; the chosen one with its stops. */
export function RouteTable({ problem, plan }: RouteTableProps) {
  const hasDues = plan.summary.lateness !== undefined;
  const chosen = plan.routes.find(({ vehicle }) => vehicle === chosenVehicle.value);
  return (
    <Panel name="table" title={text("planner.routesTable")}>
      <ScrollBox label={text("planner.routesTable")}>
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
              {hasDues && (
                <th scope="col" class="number">
                  {text("planner.late")}
                </th>
              )}
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
      </ScrollBox>
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
  const trips = steps.filter(({ type }) => type === "reload").length + 1;
  const stops = steps.filter(isTask).length;
  const broken = violations.length + Number(brokenLocks.value.some((lock) => lock.vehicle === vehicle));
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
          {broken > 0 && <span class="planner-broken">{` (${broken})`}</span>}
        </button>
      </th>
      <td class="number">{trips === 1 ? stops : text("planner.trips", { stops, trips })}</td>
      <td>
        {formatClock(steps[0]?.arrival ?? 0, language.value)}–{formatClock(steps.at(-1)?.arrival ?? 0, language.value)}
      </td>
      <td class="number">{formatSpan(route.duration, language.value)}</td>
      <td class="number">{route.distance === undefined ? DASH : formatMetres(route.distance, language.value)}</td>
      {route.lateness !== undefined && <td class="number">{describeLateness(route) ?? DASH}</td>}
      <td class="number">{formatNumber(route.cost, language.value)}</td>
    </tr>
  );
}

function StopTable({ problem, route }: { readonly problem: RouteProblem; readonly route: PlanRoute }) {
  const chosen = chosenStop.value === undefined ? "" : nameOfTask(chosenStop.value);
  const names = describeSteps(route.steps);
  const hasDues = route.lateness !== undefined;
  return (
    <ScrollBox label={text("planner.stops")}>
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
            {hasDues && <th scope="col">{text("planner.late")}</th>}
            <th scope="col">{text("planner.breaks")}</th>
          </tr>
        </thead>
        <tbody>
          {route.steps.map((step, at) => {
            const { type, id } = step;
            const stop = isTask(step) || type === "break" ? ({ type, id } as Stop) : undefined;
            const isKept = stop !== undefined && isLocked(locks.value, route.vehicle, stop);
            const isChosen = stop !== undefined && chosen === nameOfTask(stop);
            const broken = listBroken(step, route, problem);
            return (
              <tr key={at} class={[isChosen ? "is-chosen" : "", type === "reload" ? "is-reload" : ""].join(" ")}>
                <th scope="row">
                  {stop === undefined ? (
                    names[at]
                  ) : (
                    <button
                      type="button"
                      class="route-button"
                      aria-pressed={isChosen}
                      onClick={() => choose(route.vehicle, stop)}
                    >
                      {names[at]}
                    </button>
                  )}
                  {isKept && <span class="planner-locked">{text("planner.locked")}</span>}
                </th>
                <td>{formatClock(step.arrival, language.value)}</td>
                <td class="number">{step.waiting_time > 0 ? formatSpan(step.waiting_time, language.value) : DASH}</td>
                <td class="number">{step.load?.join(" · ") ?? DASH}</td>
                {hasDues && (
                  <td class={(step.lateness ?? 0) > 0 ? "planner-late" : ""}>
                    {step.lateness === undefined ? DASH : (describeLateness(step) ?? text("planner.onTime"))}
                  </td>
                )}
                <td class={broken.length > 0 ? "planner-broken" : ""}>
                  {broken.length === 0 ? DASH : broken.join(", ")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Rules and locks broken at a step, in words. */
function listBroken(step: PlanStep, route: PlanRoute, problem: RouteProblem): string[] {
  const name = nameOfTask(step);
  return [
    ...brokenLocks.value.filter(({ stop }) => nameOfTask(stop) === name).map(describeBrokenLock),
    ...step.violations.map((violation) => describeViolation(violation, step, route, problem)),
  ];
}
