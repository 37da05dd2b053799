import { computed, signal } from "@preact/signals";

import { RequestProblem, requestJson } from "../api/request-json.ts";
import { keepReasons, moveStop, orderOf, toPlanProblem, type Stop } from "./edit-plan.ts";
import { findBrokenLocks } from "./find-broken-locks.ts";
import { narrowProblem, widenPlan } from "./narrow-plan.ts";
import { locksOf, NO_LOCKS, tieStops, toLockedProblem, type PlanLocks } from "./plan-locks.ts";
import {
  nameOfTask,
  type PlanStep,
  type RouteJob,
  type RoutePlan,
  type RouteProblem,
  type SearchProgress,
} from "./vroom.ts";

/** What the reader typed, and what is being planned: a problem stays as it is until the next search. */
export const problemText = signal("");
export const problem = signal<RouteProblem | undefined>(undefined);
export const timeLimitSec = signal(10);

export const job = signal<Pick<RouteJob, "id" | "state"> | undefined>(undefined);
export const progress = signal<readonly SearchProgress[]>([]);
export const fault = signal<RequestProblem | undefined>(undefined);

/** Plans in the order they came: found, then changed by hand. The last is shown. */
const plans = signal<readonly RoutePlan[]>([]);
export const plan = computed(() => plans.value.at(-1));
export const canUndo = computed(() => plans.value.length > 1);
/** Kept by the reader to compare with what comes after. */
export const keptPlan = signal<RoutePlan | undefined>(undefined);

/** Chosen on the map, the timeline, in a table or in the tray; shown on all of them. */
export const chosenVehicle = signal<number | undefined>(undefined);
export const chosenStop = signal<Stop | undefined>(undefined);

/** What a search from the plan on screen must leave as it is, and what it costs there to give a task to another vehicle. */
export const locks = signal<PlanLocks>(NO_LOCKS);
export const stabilityCost = signal(0);
/** What the plan on screen changes of what is locked, beside what the API names itself. */
export const brokenLocks = computed(() => (plan.value === undefined ? [] : findBrokenLocks(plan.value, locks.value)));

const brokenNames = computed(() => new Set(brokenLocks.value.map(({ stop }) => nameOfTask(stop))));

/** Whether a step breaks a rule or a lock. */
export function isBroken(step: PlanStep): boolean {
  return step.violations.length > 0 || brokenNames.value.has(nameOfTask(step));
}

export const isSearching = computed(() => job.value?.state === "queued" || job.value?.state === "running");

export function choose(vehicle: number | undefined, stop: Stop | undefined): void {
  chosenVehicle.value = vehicle;
  chosenStop.value = stop;
}

/** Reads the typed problem and searches as a job, following its events. Faults are told in `fault`. */
export async function search(): Promise<void> {
  fault.value = undefined;
  try {
    const read = JSON.parse(problemText.value) as RouteProblem;
    const started = await start(read);
    problem.value = read;
    plans.value = [];
    keptPlan.value = undefined;
    locks.value = locksOf(read);
    choose(undefined, undefined);
    follow(started.id);
  } catch (cause) {
    fault.value = toFault(cause);
  }
}

/** Searches from the plan on screen, which is kept to compare with, and leaves what is locked as it is. */
export async function searchAgain(): Promise<void> {
  const [asked, shown] = [problem.value, plan.value];
  if (asked === undefined || shown === undefined) return;
  fault.value = undefined;
  try {
    const again = toLockedProblem(asked, orderOf(asked, shown), locks.value, stabilityCost.value);
    const started = await start(again);
    keptPlan.value = shown;
    follow(started.id);
  } catch (cause) {
    fault.value = toFault(cause);
  }
}

async function start(asked: RouteProblem): Promise<RouteJob> {
  const { job: started } = await requestJson<{ job: RouteJob }>(
    `/v1/routes/jobs?timeLimitSec=${timeLimitSec.value}`,
    asked,
  );
  progress.value = [];
  job.value = started;
  return started;
}

/** Ends the search; its events bring the best plan so far. */
export async function stopSearch(): Promise<void> {
  const id = job.value?.id;
  if (id === undefined) return;
  const response = await fetch(`/v1/routes/jobs/${encodeURIComponent(id)}`, { method: "DELETE" });
  if (!response.ok) fault.value = new RequestProblem(response.status, "UNKNOWN", response.statusText);
}

function follow(id: string): void {
  const source = new EventSource(`/v1/routes/jobs/${encodeURIComponent(id)}/events`);
  const on = (name: string, take: (data: unknown) => void): void =>
    source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data)));
  // The API's events, by its documentation.
  on("state", (data) => (job.value = { id, state: (data as RouteJob).state }));
  on("improved", (data) => (progress.value = [...progress.value, data as SearchProgress]));
  on("finished", (data) => {
    source.close();
    void finish(id, data as RouteJob);
  });
}

async function finish(id: string, { state, error }: RouteJob): Promise<void> {
  try {
    if (error !== null) throw new RequestProblem(422, error.code, error.detail);
    const { job: ended } = await requestJson<{ job: RouteJob }>(`/v1/routes/jobs/${encodeURIComponent(id)}`);
    if (ended.solution !== null) plans.value = [...plans.value, ended.solution];
  } catch (cause) {
    fault.value = toFault(cause);
  }
  job.value = { id, state };
}

/** Moves a stop by hand, or takes it off the plan; the API times the new order and names all that it breaks. */
export async function move(stop: Stop, vehicle: number | undefined, position: number): Promise<void> {
  const [asked, shown] = [problem.value, plan.value];
  if (asked === undefined || shown === undefined) return;
  fault.value = undefined;
  try {
    const before = orderOf(asked, shown);
    const order = moveStop(asked, before, stop, vehicle, position);
    const tied = tieStops(asked, locks.value);
    const narrow = narrowProblem(tied, before, order);
    const timed = await requestJson<RoutePlan>("/v1/routes/solve", toPlanProblem(narrow ?? tied, order));
    const changed = narrow === undefined ? timed : widenPlan(asked, shown, narrow, timed);
    plans.value = [...plans.value, keepReasons(shown, changed)];
    choose(vehicle, stop);
  } catch (cause) {
    fault.value = toFault(cause);
  }
}

export function undoMove(): void {
  plans.value = plans.value.slice(0, -1);
}

export function keepPlan(): void {
  keptPlan.value = plan.value;
}

function toFault(cause: unknown): RequestProblem {
  if (cause instanceof RequestProblem) return cause;
  if (cause instanceof SyntaxError) return new RequestProblem(0, "NOT_JSON", cause.message);
  return new RequestProblem(0, "UNEXPECTED", String(cause));
}
