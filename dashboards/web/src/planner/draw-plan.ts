import type { Stop } from "./edit-plan.ts";
import type { Mark } from "./list-marks.ts";
import type { Projection } from "./project-points.ts";
import { colourOf } from "./route-look.ts";
import { nameOfTask, type RoutePlan, type RouteProblem } from "./vroom.ts";

export interface PlanDrawing {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
  readonly marks: readonly Mark[];
  readonly projection: Projection;
  readonly width: number;
  readonly height: number;
  readonly vehicle: number | undefined;
  readonly stop: Stop | undefined;
}

/** From the middle of a reload's mark to its corners, in pixels. */
const RELOAD_REACH = 12;
const FULL_TURN = 2 * Math.PI;

/** Draws routes as lines between stops, depots as squares, reloads as diamonds, what is left out as crosses, rings round what breaks a rule or is late; the chosen route stands out. */
export function drawPlan(canvas: HTMLCanvasElement, drawing: PlanDrawing): void {
  const { problem, plan, marks, projection, width, height, vehicle, stop } = drawing;
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  const ratio = window.devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  pen.scale(ratio, ratio);
  const colours = readColours(canvas);
  const isDimmed = (one: number | undefined): boolean => vehicle !== undefined && one !== vehicle;

  for (const route of plan.routes) {
    pen.globalAlpha = isDimmed(route.vehicle) ? 0.18 : 0.9;
    pen.strokeStyle = colours(colourOf(problem, route.vehicle));
    pen.lineWidth = route.vehicle === vehicle ? 2.5 : 1.4;
    pen.beginPath();
    route.steps.forEach(({ location }) => {
      if (location !== undefined) pen.lineTo(...projection.toPixels(location));
    });
    pen.stroke();
  }
  const size = marks.length > 300 ? 2.2 : 4;
  for (const mark of marks) {
    const [x, y] = projection.toPixels(mark.location);
    pen.globalAlpha = isDimmed(mark.vehicle) && mark.vehicle !== undefined ? 0.3 : 1;
    if (mark.vehicle === undefined) drawCross(pen, x, y, colours("bad"));
    else if (mark.isReload) drawReload(pen, x, y, colours(colourOf(problem, mark.vehicle)));
    else if (mark.stop === undefined) drawDepot(pen, x, y, colours("text"));
    else {
      pen.fillStyle = colours(colourOf(problem, mark.vehicle));
      pen.beginPath();
      pen.arc(x, y, size, 0, FULL_TURN);
      pen.fill();
    }
    if (mark.alarm !== undefined) drawRing(pen, x, y, size + 2, colours(mark.alarm));
    if (stop !== undefined && mark.stop !== undefined && nameOfTask(stop) === nameOfTask(mark.stop)) {
      pen.globalAlpha = 1;
      drawRing(pen, x, y, size + 4, colours("text"));
    }
  }
}

function drawRing(pen: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.arc(x, y, radius, 0, FULL_TURN);
  pen.stroke();
}

/** A square on its corner, around the depot's where a route reloads at its start. */
function drawReload(pen: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.moveTo(x, y - RELOAD_REACH);
  pen.lineTo(x + RELOAD_REACH, y);
  pen.lineTo(x, y + RELOAD_REACH);
  pen.lineTo(x - RELOAD_REACH, y);
  pen.closePath();
  pen.stroke();
}

function drawCross(pen: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - 4, y - 4);
  pen.lineTo(x + 4, y + 4);
  pen.moveTo(x + 4, y - 4);
  pen.lineTo(x - 4, y + 4);
  pen.stroke();
}

function drawDepot(pen: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
  pen.fillStyle = colour;
  pen.fillRect(x - 5, y - 5, 10, 10);
}

/** Design tokens by name, with the theme's side of light-dark() chosen, each looked up once. */
function readColours(canvas: HTMLCanvasElement): (token: string) => string {
  const known = new Map<string, string>();
  return (token) => {
    const seen = known.get(token);
    if (seen !== undefined) return seen;
    const probe = document.createElement("span");
    probe.style.color = `var(--${token})`;
    canvas.parentElement?.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    known.set(token, color);
    return color;
  };
}
