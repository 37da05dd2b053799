import type { VroomBreak, VroomTask, VroomVehicle } from "./vroom-problem.ts";

/** A stop or a break with its times, in hundredths of a second. */
export type TimedStop = {
  readonly arrival: number;
  /** When setup and service, or the break, begin. */
  readonly begin: number;
  readonly setup: number;
  readonly service: number;
} & (
  | { readonly task: VroomTask; readonly rest?: undefined }
  | { readonly rest: VroomBreak; readonly task?: undefined }
);

/** A vehicle's route with all of its times; setup and service follow on the begin of each stop. */
export interface TimedRoute {
  readonly vehicle: VroomVehicle;
  readonly startTime: number;
  readonly stops: readonly TimedStop[];
  readonly endTime: number;
}
