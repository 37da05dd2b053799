import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { formatClock } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { isLocked, isTask } from "./plan-locks.ts";
import { choose, chosenStop, chosenVehicle, locks } from "./planner-state.ts";
import { colourOf } from "./route-look.ts";
import { nameOfTask, type PlanRoute, type PlanStep, type RoutePlan, type RouteProblem } from "./vroom.ts";

const ROW = 22;
const HEAD = 18;
const LABEL = 60;
const WIDTH = 1000;
const TICKS = 8;

interface PlanTimelineProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** One row a route: a thin line while on the way, bars for service, pale bars for waiting. */
export function PlanTimeline({ problem, plan }: PlanTimelineProps) {
  const { routes } = plan;
  const begin = Math.min(...routes.map(({ steps }) => steps[0]?.arrival ?? 0));
  const end = Math.max(...routes.map(({ steps }) => endOf(steps.at(-1))), begin + 1);
  const x = (time: number): number => LABEL + ((time - begin) / (end - begin)) * (WIDTH - LABEL);
  const height = HEAD + routes.length * ROW;
  const ticks = Array.from({ length: TICKS }, (_, at) => begin + (at / TICKS) * (end - begin));
  return (
    <Panel name="timeline" title={text("planner.timeline")}>
      <div class="planner-scroll" role="region" aria-label={text("planner.timeline")} tabIndex={0}>
        <svg class="timeline" viewBox={`0 0 ${WIDTH} ${height}`} width={WIDTH} height={height}>
          {ticks.map((time) => (
            <g key={time}>
              <line class="timeline-tick" x1={x(time)} x2={x(time)} y1={HEAD - 4} y2={height} />
              <text class="timeline-time" x={x(time) + 3} y={11}>
                {formatClock(time, language.value)}
              </text>
            </g>
          ))}
          {routes.map((route, at) => (
            <TimelineRow
              key={route.vehicle}
              route={route}
              colour={colourOf(problem, route.vehicle)}
              y={HEAD + at * ROW}
              x={x}
            />
          ))}
        </svg>
      </div>
    </Panel>
  );
}

interface TimelineRowProps {
  readonly route: PlanRoute;
  readonly colour: string;
  readonly y: number;
  readonly x: (time: number) => number;
}

function TimelineRow({ route, colour, y, x }: TimelineRowProps) {
  const { vehicle, steps } = route;
  const isDimmed = chosenVehicle.value !== undefined && chosenVehicle.value !== vehicle;
  const chosen = chosenStop.value === undefined ? "" : nameOfTask(chosenStop.value);
  const tasks = steps.filter(isTask);
  const middle = y + ROW / 2;
  return (
    <g class={`timeline-row ${colour} ${isDimmed ? "is-dimmed" : ""}`}>
      <text class="timeline-label" x={4} y={middle + 4} onClick={() => choose(vehicle, undefined)}>
        {vehicle}
      </text>
      <line x1={x(steps[0]?.arrival ?? 0)} x2={x(endOf(steps.at(-1)))} y1={middle} y2={middle} />
      {steps.map((step, at) => {
        const rank = tasks.indexOf(step);
        const { type, id } = step;
        if (type === "start" || type === "end" || id === undefined) return null;
        const begins = step.arrival + step.waiting_time;
        const classes = [
          "timeline-stop",
          type === "break" || type === "reload" ? "is-break" : "",
          rank >= 0 && isLocked(locks.value, vehicle, rank, { type, id }) ? "is-locked" : "",
          step.violations.length > 0 ? "is-broken" : "",
          chosen === nameOfTask(step) ? "is-chosen" : "",
        ];
        return (
          <g
            key={at}
            class={classes.join(" ")}
            onClick={() => choose(vehicle, type === "reload" ? undefined : { type, id })}
          >
            {step.waiting_time > 0 && (
              <rect
                class="timeline-wait"
                x={x(step.arrival)}
                width={x(begins) - x(step.arrival)}
                y={middle - 3}
                height={6}
              />
            )}
            <rect x={x(begins)} width={Math.max(2.5, x(endOf(step)) - x(begins))} y={middle - 7} height={14}>
              <title>{`${nameOfTask(step)} · ${formatClock(begins, language.value)}`}</title>
            </rect>
          </g>
        );
      })}
    </g>
  );
}

function endOf(step: PlanStep | undefined): number {
  return step === undefined ? 0 : step.arrival + step.waiting_time + step.setup + step.service;
}
