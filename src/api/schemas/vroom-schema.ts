import { Type } from "@fastify/type-provider-typebox";
import type { VroomSolution } from "../../models/routing/vroom-solution.ts";

const seconds = { type: "integer", minimum: 0 };
const amounts = { type: "array", items: { type: "integer", minimum: 0 }, description: "One a dimension of the load." };
const skills = { type: "array", items: { type: "integer", minimum: 0 } };
const place = {
  type: "array",
  items: { type: "number", minimum: -180, maximum: 180 },
  minItems: 2,
  maxItems: 2,
  description: "[longitude, latitude]; where there are no matrices.",
};
const index = { type: "integer", minimum: 0, description: "Row of the matrices." };
const window = { type: "array", items: seconds, minItems: 2, maxItems: 2 };

const perType = {
  type: "object",
  additionalProperties: seconds,
  description: "By the type of vehicle, instead of the value for all.",
};

const lockedVehicle = {
  type: "integer",
  minimum: 0,
  description: "Beyond VROOM: id of the only vehicle that may serve it.",
};

export const VROOM_JOB = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "integer", minimum: 0 },
    description: { type: "string" },
    location: place,
    location_index: index,
    setup: seconds,
    service: seconds,
    setup_per_type: perType,
    service_per_type: perType,
    delivery: amounts,
    pickup: amounts,
    skills,
    priority: { type: "integer", minimum: 0, maximum: 100 },
    time_windows: { type: "array", items: window },
    due: {
      type: "integer",
      minimum: 0,
      description: "Beyond VROOM: when service should begin at the latest; later costs late_cost_per_hour.",
    },
    late_cost_per_hour: {
      type: "number",
      minimum: 0,
      description: "Beyond VROOM: cost of an hour that service begins after due. 0 by default: lateness is only told.",
    },
    locked_vehicle: lockedVehicle,
    after: {
      type: "array",
      items: { type: "integer", minimum: 0 },
      description: "Beyond VROOM: ids of jobs that the same vehicle must have served before.",
    },
  },
};

export const VROOM_SHIPMENT = {
  type: "object",
  required: ["pickup", "delivery"],
  properties: {
    pickup: { type: "object", description: "Where it is collected: fields as of a job, without amounts." },
    delivery: { type: "object", description: "Where it is brought, by the same vehicle." },
    amount: amounts,
    skills,
    priority: { type: "integer", minimum: 0, maximum: 100 },
    locked_vehicle: lockedVehicle,
    max_ride_time: {
      type: "number",
      minimum: 0,
      description: "Beyond VROOM: seconds from leaving the pickup to arriving at the delivery.",
    },
  },
};

const VEHICLE = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "integer", minimum: 0 },
    description: { type: "string" },
    profile: { type: "string" },
    start: place,
    start_index: index,
    end: place,
    end_index: index,
    capacity: amounts,
    skills,
    time_window: window,
    type: { type: "string", description: "Chooses among setup_per_type and service_per_type." },
    breaks: { type: "array", items: { type: "object" }, description: "id, time_windows, service, max_load." },
    costs: { type: "object", description: "fixed, per_hour, per_km, per_task_hour" },
    speed_factor: { type: "number" },
    max_tasks: { type: "integer" },
    max_travel_time: { type: "number" },
    max_distance: { type: "number" },
    emissions: {
      type: "number",
      minimum: 0,
      description: "Beyond VROOM: grams of CO2 a kilometre; answered as co2_g.",
    },
    max_duration: {
      type: "number",
      minimum: 0,
      description: "Beyond VROOM: seconds from start to end of its route, with service, waiting and breaks.",
    },
    max_trips: {
      type: "integer",
      minimum: 1,
      maximum: 20,
      description: "Beyond VROOM: trips at most, parted by reloads; 1 by default.",
    },
    reloads: {
      type: "array",
      items: { type: "object" },
      description:
        "Beyond VROOM: where it may reload: id, location or location_index, service, time_windows, description; its start by default.",
    },
    min_tasks: {
      type: "integer",
      minimum: 0,
      description: "Beyond VROOM: tasks it serves at least, if it is used.",
    },
    locked_steps: {
      type: "integer",
      minimum: 0,
      description: "Beyond VROOM: so many tasks of its steps stay first, in their order, on this vehicle.",
    },
    steps: {
      type: "array",
      items: { type: "object" },
      description: "An order to start from, or to time in plan mode.",
    },
  },
};

const EXAMPLE = {
  vehicles: [{ id: 1, start: [2.35, 48.86], end: [2.35, 48.86], capacity: [4] }],
  jobs: [
    { id: 11, location: [2.29, 48.86], service: 300, delivery: [1] },
    { id: 12, location: [2.37, 48.89], service: 300, delivery: [1], time_windows: [[0, 14_400]] },
  ],
};

/**
 * What a problem looks like. The solver checks the rest and answers `ROUTE_INPUT_INVALID` with every faulty field: it
 * knows which of VROOM's fields it cannot take yet.
 */
export const VroomProblemSchema = Type.Unsafe<object>({
  type: "object",
  required: ["vehicles"],
  properties: {
    vehicles: { type: "array", items: VEHICLE, description: "At most 1,000." },
    jobs: { type: "array", items: VROOM_JOB, description: "At most 5,000." },
    shipments: { type: "array", items: VROOM_SHIPMENT, description: "At most 2,500." },
    matrices: { type: "object", description: "Profile → { durations, distances, costs }." },
    traffic: {
      type: "object",
      description:
        "Beyond VROOM: profile → periods of the day { from, to, factor }, in which travel takes factor times as long as the matrix says.",
    },
    options: {
      type: "object",
      description:
        "c: true times the given steps, with all violations. Beyond VROOM: max_vehicles, routes at most; min_vehicles, routes " +
        "at least as far as no task is left out for them; stability_cost, of " +
        "each task of the steps that another vehicle serves; reorder_cost, of each that comes right after a later one of them; " +
        "balance: { by: time or tasks, cost }, of each second or task of the longest route.",
    },
  },
  examples: [EXAMPLE],
});

const open = { type: "object", additionalProperties: true };

export const VroomSolutionSchema = Type.Object({
  code: Type.Unsafe<VroomSolution["code"]>({ type: "integer", description: "0: solved." }),
  summary: Type.Unsafe<VroomSolution["summary"]>(open),
  unassigned: Type.Unsafe<VroomSolution["unassigned"]>({
    type: "array",
    items: open,
    description: "Jobs that fit nowhere, each with a reason.",
  }),
  routes: Type.Unsafe<VroomSolution["routes"]>({ type: "array", items: open }),
});
