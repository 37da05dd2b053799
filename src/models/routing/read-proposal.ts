import { AppError, fail } from "../../core/errors.ts";
import { isEntry } from "./field-reader.ts";
import { parseVroomProblem } from "./parse-vroom-problem.ts";
import type { TimeWindow, VroomProblem } from "./vroom-problem.ts";

export interface ProposeRequest {
  /** A problem in VROOM's format whose vehicles' `steps` are the running plan. */
  readonly problem: unknown;
  /** The new order that the problem does not hold yet, in VROOM's format: a job or a shipment. */
  readonly job?: unknown;
  readonly shipment?: unknown;
  /** Time windows to price one by one instead of the order's own. */
  readonly slots?: readonly (readonly [number, number])[];
  /** Which half of a shipment the slots are for; its delivery if nothing is said. */
  readonly slots_of?: "pickup" | "delivery";
}

/** The problem with the new order, and the numbers of its tasks: one of a job; pickup and delivery of a shipment. */
export interface ProblemWithOrder {
  readonly problem: VroomProblem;
  readonly nodes: readonly number[];
  /** Its windows, one problem for each slot; undefined where its own hold. */
  readonly slots: readonly (readonly [number, number])[] | undefined;
  /** The same problem with the slot as the only window of the order. */
  readonly inSlot: (slot: readonly [number, number]) => VroomProblem;
}

/** Reads what is asked for. Errors: `ROUTE_INPUT_INVALID` with pointers into the request. */
export function readProposal(request: ProposeRequest): ProblemWithOrder {
  const { slots, slots_of: half = "delivery" } = request;
  const kind = kindOfOrder(request);
  if (request.slots_of !== undefined && kind === "job") throw refuse("/slots_of", "is for the halves of a shipment");
  slots?.forEach((slot, at) => {
    if (slot[0] > slot[1]) throw refuse(`/slots/${at}`, "must be [start, end] in seconds, ascending");
  });
  const problem = readTogether(request.problem, kind, request[kind]);
  const pickup = problem.tasks.length - 2;
  const id = (request.job as { id?: number } | undefined)?.id;
  const nodes =
    kind === "shipment"
      ? [pickup, pickup + 1]
      : [problem.tasks.findIndex((one) => one.kind === "job" && one.id === id)];
  const timed = kind === "job" || half === "pickup" ? nodes[0] : nodes[1];
  const inSlot = ([start, end]: readonly [number, number]): VroomProblem => {
    const timeWindows: TimeWindow[] = [{ start, end }];
    return { ...problem, tasks: problem.tasks.map((task, at) => (at === timed ? { ...task, timeWindows } : task)) };
  };
  return { problem, nodes, slots, inSlot };
}

/** Whether the new order is a job or a shipment. Error: `ROUTE_INPUT_INVALID` where there is none, or two. */
export function kindOfOrder({ job, shipment }: ProposeRequest): "job" | "shipment" {
  const kind = shipment === undefined ? "job" : "shipment";
  if ((job === undefined) === (shipment === undefined))
    throw refuse(`/${kind}`, "must be given, as the one new order: either job or shipment");
  return kind;
}

/** The problem with the order as the last of its kind; faults are told where the request has them. */
function readTogether(given: unknown, kind: "job" | "shipment", order: unknown): VroomProblem {
  const list = `${kind}s`;
  const others = isEntry(given) && Array.isArray(given[list]) ? (given[list] as unknown[]) : [];
  try {
    return parseVroomProblem(isEntry(given) ? { ...given, [list]: [...others, order] } : given);
  } catch (error) {
    throw placeFaults(error, kind, others.length);
  }
}

/** Faults of a problem whose last job or shipment is the new order, behind `others` of its kind, with pointers into the request. */
export function placeFaults(error: unknown, kind: "job" | "shipment", others: number): unknown {
  if (!(error instanceof AppError) || error.errors.length === 0) return error;
  const own = `/${kind}s/${others}`;
  const errors = error.errors.map(({ pointer, message }) => {
    const isOwn = pointer === own || pointer.startsWith(`${own}/`);
    return { pointer: isOwn ? `/${kind}${pointer.slice(own.length)}` : `/problem${pointer}`, message };
  });
  return fail(error.code, `${errors[0]?.pointer} ${errors[0]?.message}.`, { errors });
}

function refuse(pointer: string, message: string): AppError {
  return fail("ROUTE_INPUT_INVALID", `${pointer} ${message}.`, { errors: [{ pointer, message }] });
}
