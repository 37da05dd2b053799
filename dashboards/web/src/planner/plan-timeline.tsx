import { useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";

import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { chooseTicks } from "./choose-ticks.ts";
import { describeLateness, describeSteps } from "./describe-stop.ts";
import { formatClock } from "./format-amounts.ts";
import { Panel } from "./panel.tsx";
import { isLocked } from "./plan-locks.ts";
import { choose, chosenStop, chosenVehicle, isBroken, locks } from "./planner-state.ts";
import { colourOf } from "./route-look.ts";
import { ScrollBox } from "./scroll-box.tsx";
import { useWidth } from "./use-width.ts";
import { nameOfTask, type PlanRoute, type PlanStep, type RoutePlan, type RouteProblem } from "./vroom.ts";

const ROW = 22;
const HEAD = 18;
const LABEL = 60;
/** Narrower than that, the timeline scrolls. */
const LEAST_WIDTH = 720;
/** A tick at most every so many pixels. */
const TICK_ROOM = 110;

interface PlanTimelineProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** One row a route: a thin line while on the way, bars for service, pale bars for waiting. */
export function PlanTimeline({ problem, plan }: PlanTimelineProps) {
  const { routes } = plan;
  const host = useRef<HTMLDivElement>(null);
  const width = Math.max(LEAST_WIDTH, useWidth(host));
  const begin = Math.min(...routes.map(({ steps }) => steps[0]?.arrival ?? 0));
  const end = Math.max(...routes.map(({ steps }) => endOf(steps.at(-1))), begin + 1);
  const x = (time: number): number => LABEL + ((time - begin) / (end - begin)) * (width - LABEL);
  const height = routes.length * ROW;
  if (routes.length === 0) return null;
  const ticks = chooseTicks(begin, end, width / TICK_ROOM);
  return (
    <Panel name="timeline" title={text("planner.timeline")}>
      <div ref={host} />
      <ScrollBox label={text("planner.timeline")}>
        <svg
          class="timeline timeline-head"
          viewBox={`0 0 ${width} ${HEAD}`}
          width={width}
          height={HEAD}
          aria-hidden="true"
        >
          {ticks
            .filter((time) => x(time) < width - LABEL)
            .map((time) => (
              <text key={time} class="timeline-time" x={x(time) + 3} y={11}>
                {formatClock(time, language.value)}
              </text>
            ))}
        </svg>
        <svg class="timeline" viewBox={`0 0 ${width} ${height}`} width={width} height={height}>
          {ticks.map((time) => (
            <line key={time} class="timeline-tick" x1={x(time)} x2={x(time)} y1={0} y2={height} />
          ))}
          {routes.map((route, at) => (
            <TimelineRow
              key={route.vehicle}
              route={route}
              colour={colourOf(problem, route.vehicle)}
              y={at * ROW}
              x={x}
            />
          ))}
        </svg>
      </ScrollBox>
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
  // Only the rows that a choice concerns are drawn anew; the class changes without that.
  const chosen = useComputed(() =>
    chosenVehicle.value === vehicle && chosenStop.value !== undefined ? nameOfTask(chosenStop.value) : "",
  ).value;
  const look = useComputed(
    () => `timeline-row ${colour} ${[undefined, vehicle].includes(chosenVehicle.value) ? "" : "is-dimmed"}`,
  );
  const names = describeSteps(steps);
  const middle = y + ROW / 2;
  return (
    <g class={look}>
      <text class="timeline-label" x={4} y={middle + 4} onClick={() => choose(vehicle, undefined)}>
        {vehicle}
      </text>
      <line x1={x(steps[0]?.arrival ?? 0)} x2={x(endOf(steps.at(-1)))} y1={middle} y2={middle} />
      {steps.map((step, at) => {
        const { type, id, lateness = 0 } = step;
        if (type === "start" || type === "end" || id === undefined) return null;
        const stop = { type, id };
        const begins = step.arrival + step.waiting_time;
        const classes = [
          "timeline-stop",
          type === "break" ? "is-break" : "",
          type === "reload" ? "is-reload" : "",
          type !== "reload" && isLocked(locks.value, vehicle, stop) ? "is-locked" : "",
          isBroken(step) ? "is-broken" : "",
          type !== "reload" && chosen === nameOfTask(step) ? "is-chosen" : "",
        ];
        const late = describeLateness(step);
        // What was due before the route began is late from its first moment.
        const lateFrom = x(Math.max(steps[0]?.arrival ?? 0, begins - lateness));
        const words = [
          names[at],
          formatClock(begins, language.value),
          ...(late === undefined ? [] : [`${text("planner.late")}: ${late}`]),
        ];
        return (
          <g key={at} class={classes.join(" ")} onClick={() => choose(vehicle, type === "reload" ? undefined : stop)}>
            {step.waiting_time > 0 && (
              <rect
                class="timeline-wait"
                x={x(step.arrival)}
                width={x(begins) - x(step.arrival)}
                y={middle - 3}
                height={6}
              />
            )}
            {lateness > 0 && (
              <rect class="timeline-late" x={lateFrom} width={x(begins) - lateFrom} y={middle - 10} height={3} />
            )}
            <rect x={x(begins)} width={Math.max(2.5, x(endOf(step)) - x(begins))} y={middle - 7} height={14}>
              <title>{words.join(" · ")}</title>
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
