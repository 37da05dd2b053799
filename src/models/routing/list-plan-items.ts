import { serviceOf, setupOf, TIME_UNIT } from "./build-fleet-problem.ts";
import { innerSteps } from "./read-vehicle.ts";
import { legsOf } from "./travel-legs.ts";
import type { TimeWindow, VroomBreak, VroomPlanStep, VroomProblem, VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** So much does lateness after the dearest due time weigh beside that after a window, which comes first. */
const LATENESS_WEIGHT = 1e-4;

/** A step of a plan: the start, a stop, a break or the end. Times in hundredths of a second. */
export interface PlanItem {
  readonly task: VroomTask | undefined;
  readonly rest: VroomBreak | undefined;
  /** Travel from the last stop; 0 for a break, which lies somewhere on the way to the next stop. */
  readonly leg: number;
  readonly setup: number;
  readonly service: number;
  /** When it would like to begin; empty for any time. */
  readonly windows: readonly (readonly [number, number])[];
  /** When it should begin at the latest, what an hour later costs, and a unit of time later weighs beside one outside of the windows. */
  readonly due: { readonly by: number; readonly perHour: number; readonly weight: number } | undefined;
  /** When it must begin. */
  readonly bounds: readonly [number, number];
}

/** The steps of a vehicle with its start first and its end last. */
export function listPlanItems(problem: VroomProblem, vehicle: VroomVehicle): PlanItem[] {
  const dearest = Math.max(1e-9, ...problem.tasks.map(({ due }) => due?.perHour ?? 0));
  const legs = legsOf(problem, vehicle);
  const { timeWindow, steps } = vehicle;
  const nothing = { task: undefined, rest: undefined, leg: 0, setup: 0, service: 0, due: undefined };
  const from = (timeWindow?.start ?? 0) * TIME_UNIT;
  const until = (timeWindow?.end ?? Number.POSITIVE_INFINITY) * TIME_UNIT;
  const first = steps.find(({ kind }) => kind === "start");
  const last = steps.find(({ kind }) => kind === "end");
  let at = vehicle.start;
  const items = innerSteps(vehicle).map((step): PlanItem => {
    if (step.kind === "break") {
      const rest = vehicle.breaks[step.index] as VroomBreak;
      const service = Math.round(rest.service * TIME_UNIT);
      return { ...nothing, rest, service, windows: toUnits(rest.timeWindows), bounds: boundsOf(step) };
    }
    const task = (step.kind === "reload" ? vehicle.reloads : problem.tasks)[step.index] as VroomTask;
    const { due } = task;
    const isSame = at !== undefined && at.node === task.place.node;
    const item = {
      task,
      rest: undefined,
      leg: legs.duration(at, task.place),
      setup: isSame ? 0 : Math.round(setupOf(task, vehicle) * TIME_UNIT),
      service: Math.round(serviceOf(task, vehicle) * TIME_UNIT),
      windows: toUnits(task.timeWindows),
      due:
        due === undefined
          ? undefined
          : { by: due.by * TIME_UNIT, perHour: due.perHour, weight: (due.perHour / dearest) * LATENESS_WEIGHT },
      bounds: boundsOf(step),
    };
    at = task.place;
    return item;
  });
  return [
    { ...nothing, windows: [[from, Number.POSITIVE_INFINITY]], bounds: boundsOf(first) },
    ...items,
    { ...nothing, leg: legs.duration(at, vehicle.end), windows: [[0, until]], bounds: boundsOf(last) },
  ];
}

function boundsOf(step: VroomPlanStep | undefined): readonly [number, number] {
  const { serviceAt, serviceAfter = 0, serviceBefore = Number.POSITIVE_INFINITY } = step ?? {};
  return [(serviceAt ?? serviceAfter) * TIME_UNIT, (serviceAt ?? serviceBefore) * TIME_UNIT];
}

function toUnits(windows: readonly TimeWindow[]): [number, number][] {
  return windows.map(({ start, end }) => [start * TIME_UNIT, end * TIME_UNIT]);
}
