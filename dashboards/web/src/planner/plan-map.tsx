import { useEffect, useRef } from "preact/hooks";

import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { theme } from "../state/theme.ts";
import { drawPlan } from "./draw-plan.ts";
import { formatMetres } from "./format-amounts.ts";
import { listMarks, type Mark } from "./list-marks.ts";
import { Panel } from "./panel.tsx";
import { brokenLocks, choose, chosenStop, chosenVehicle, isBroken } from "./planner-state.ts";
import { chooseScaleBar, fitPoints } from "./project-points.ts";
import { useWidth } from "./use-width.ts";
import type { RoutePlan, RouteProblem } from "./vroom.ts";

const HEIGHT = 540;
/** A click this far from a stop, in pixels, still means it. */
const REACH = 14;

interface PlanMapProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** Stops and routes on a plain projection with a scale bar. The table beside it has the same for the keyboard. */
export function PlanMap({ problem, plan }: PlanMapProps) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(host);
  const marks = listMarks(plan, isBroken);
  const projection = fitPoints(
    marks.map(({ location }) => location),
    width,
    HEIGHT,
  );
  const barM = projection === undefined ? 0 : chooseScaleBar(projection.metresPerPixel, 140);

  useEffect(() => {
    if (canvas.current === null || projection === undefined || width === 0) return;
    drawPlan(canvas.current, {
      problem,
      plan,
      marks,
      projection,
      width,
      height: HEIGHT,
      vehicle: chosenVehicle.value,
      stop: chosenStop.value,
    });
  }, [plan, width, brokenLocks.value, chosenVehicle.value, chosenStop.value, theme.value]);

  const pick = (event: MouseEvent): void => {
    if (projection === undefined) return;
    const nearest = findNearest(marks, ({ location }) => {
      const [x, y] = projection.toPixels(location);
      return Math.hypot(x - event.offsetX, y - event.offsetY);
    });
    choose(nearest?.vehicle, nearest?.stop);
  };

  return (
    <Panel name="map" title={text("planner.map")}>
      <div ref={host} class="plan-map">
        {marks.length === 0 ? (
          <p class="note">{text("planner.noCoordinates")}</p>
        ) : (
          <canvas
            ref={canvas}
            role="img"
            aria-label={text("planner.mapLabel", { stops: marks.length, routes: plan.routes.length })}
            onClick={pick}
          />
        )}
        {projection !== undefined && (
          <p class="scale-bar" style={{ width: `${barM / projection.metresPerPixel}px` }}>
            {formatMetres(barM, language.value)}
          </p>
        )}
      </div>
    </Panel>
  );
}

function findNearest(marks: readonly Mark[], distanceTo: (mark: Mark) => number): Mark | undefined {
  let best: Mark | undefined;
  let least = REACH;
  for (const mark of marks) {
    const distance = distanceTo(mark);
    if (distance > least) continue;
    least = distance;
    best = mark;
  }
  return best;
}
