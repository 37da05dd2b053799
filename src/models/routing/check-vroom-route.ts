import { coverTravel } from "./cover-travel.ts";
import type {
  Place,
  TimeWindow,
  TrafficPeriod,
  VroomMatrices,
  VroomProblem,
  VroomTask,
  VroomVehicle,
} from "./vroom-problem.ts";
import type { VroomRoute, VroomStep } from "./vroom-solution.ts";

/** Costs of travel and of tasks are rounded to whole units apart from each other. */
const COST_TOLERANCE = 2;

export interface CheckedRoute {
  readonly served: readonly VroomTask[];
  readonly cost: number;
  readonly priority: number;
}

/**
 * Replays one route step by step and adds to `faults` whatever breaks a rule or differs from what is stated. Times are
 * stated in whole seconds, so with a speed factor each piece of travel may be off by less than a second.
 */
export function checkVroomRoute(problem: VroomProblem, route: VroomRoute, faults: string[]): CheckedRoute {
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle);
  if (vehicle === undefined) {
    faults.push(`vehicle ${route.vehicle} is not in the problem`);
    return { served: [], cost: 0, priority: 0 };
  }
  const replay = new RouteReplay(problem, vehicle, faults);
  route.steps.forEach((step, at) => replay.take(step, at, route.steps.length));
  return replay.finish(route);
}

class RouteReplay {
  private readonly problem: VroomProblem;
  private readonly vehicle: VroomVehicle;
  private readonly faults: string[];
  private readonly matrices: VroomMatrices;
  private readonly periods: readonly TrafficPeriod[] | undefined;
  private readonly served: VroomTask[] = [];
  /** The load each trip began with, how many tasks were served before it, and the reload it began at. */
  private readonly trips: {
    readonly load: readonly number[];
    readonly first: number;
    readonly reload: number | undefined;
  }[] = [];
  private readonly takenBreaks = new Set<number>();
  private load: number[] = [];
  private at: Place | undefined;
  /** When the last step was left, and how long has been travelled towards the next stop since, in how many pieces. */
  private left = 0;
  private travelled = 0;
  private pieces = 0;
  private legSeconds = 0;
  /** In traffic: least and most of the leg's own time that can have been covered since the last stop. */
  private covered = [0, 0];
  private distance = 0;
  private matrixCost = 0;
  private actionSeconds = 0;
  private statedTravel = 0;
  private startedAt = 0;
  /** Seconds later than due, and what they cost. */
  private lateness = 0;
  private latenessCost = 0;
  /** When each pickup was left. */
  private readonly pickedUp = new Map<VroomTask, number>();

  constructor(problem: VroomProblem, vehicle: VroomVehicle, faults: string[]) {
    this.problem = problem;
    this.vehicle = vehicle;
    this.faults = faults;
    this.matrices = problem.matrices.get(vehicle.profile) as VroomMatrices;
    this.at = vehicle.start;
    this.periods = problem.traffic.get(vehicle.profile);
  }

  take(step: VroomStep, at: number, count: number): void {
    const isFirst = at === 0;
    if (isFirst !== (step.type === "start") || (at === count - 1) !== (step.type === "end")) {
      this.note(`has a ${step.type} at step ${at}`);
    }
    if (step.type === "start") {
      this.left = step.arrival;
      this.startedAt = step.arrival;
      if (step.arrival < (this.vehicle.timeWindow?.start ?? 0)) this.note("starts before its time window");
      this.beginTrip(step);
      this.checkLoad(step, "at the start");
      return;
    }
    const name = `${step.type} ${step.id ?? ""}`.trim();
    if (step.waiting_time < 0) this.note(`${name}: waits a negative time`);
    this.travelled += step.arrival - this.left;
    this.statedTravel += step.arrival - this.left;
    this.pieces++;
    this.coverTraffic(step.arrival);
    if (step.arrival < this.left) this.note(`${name}: arrives before the step before is over`);
    if (step.duration !== this.statedTravel)
      this.note(`${name}: travel is stated as ${step.duration}, not ${this.statedTravel}`);
    if (step.type === "end") this.arrive(this.vehicle.end, name);
    else if (step.type === "break") this.takeBreak(step, name);
    else if (step.type === "reload") this.takeReload(step, name);
    else this.takeTask(step, name);
    this.left = step.arrival + step.waiting_time + step.setup + step.service;
    if (step.type === "end" && this.left > (this.vehicle.timeWindow?.end ?? Infinity))
      this.note("ends after its time window");
  }

  finish(route: VroomRoute): CheckedRoute {
    const { vehicle, served } = this;
    this.checkShipments();
    this.checkLocks();
    const shift = this.left - this.startedAt;
    if (shift > vehicle.maxDuration + this.clockTolerance()) this.note(`takes ${shift} s of ${vehicle.maxDuration}`);
    this.checkTrips();
    for (const { id } of vehicle.breaks) if (!this.takenBreaks.has(id)) this.note(`break ${id} is missing`);
    if (served.length > vehicle.maxTasks) this.note(`has ${served.length} tasks of ${vehicle.maxTasks}`);
    if (vehicle.lockedSteps === 0 && served.length < vehicle.minTasks)
      this.note(`has ${served.length} tasks of at least ${vehicle.minTasks}`);
    const driven = this.periods === undefined ? this.legSeconds : this.statedTravel - this.clockTolerance();
    if (driven > vehicle.maxTravelTime + 1e-6) this.note(`travels ${driven} s of ${vehicle.maxTravelTime}`);
    if (this.distance > vehicle.maxDistance) this.note(`drives ${this.distance} m of ${vehicle.maxDistance}`);
    const { fixed, perHour, perKm, perTaskHour } = vehicle.costs;
    const travelCost =
      this.matrices.costs === undefined
        ? (this.statedTravel * perHour) / 3600 + (this.distance * perKm) / 1000
        : this.matrixCost;
    const cost = fixed + travelCost + (perTaskHour * this.actionSeconds) / 3600 + this.latenessCost;
    if (!(Math.abs(route.cost - cost) <= COST_TOLERANCE))
      this.note(`cost is stated as ${route.cost} but comes to ${cost}`);
    if (served.some(({ due }) => due !== undefined)) this.checkLatenessOf(route);
    const co2 = vehicle.emissions === undefined ? undefined : (vehicle.emissions * this.distance) / 1000;
    if (co2 !== undefined && !(Math.abs((route.co2_g ?? Number.NaN) - co2) <= 1))
      this.note(`CO2 is stated as ${route.co2_g} but comes to ${co2}`);
    const priority = served.reduce((sum, task) => sum + task.priority, 0);
    if (route.priority !== priority) this.note(`priority is stated as ${route.priority} but comes to ${priority}`);
    if (route.duration !== this.statedTravel)
      this.note(`travel is stated as ${route.duration}, not ${this.statedTravel}`);
    return { served, cost: route.cost, priority };
  }

  private takeTask(step: VroomStep, name: string): void {
    const { vehicle } = this;
    const task = this.problem.tasks.find(({ kind, id }) => kind === step.type && id === step.id);
    if (task === undefined) return this.note(`${name} is not in the problem`);
    this.served.push(task);
    const isSame = this.at?.node === task.place.node;
    this.arrive(task.place, name);
    const setup = isSame ? 0 : (task.setupPerType.get(vehicle.type) ?? task.setup);
    const service = task.servicePerType.get(vehicle.type) ?? task.service;
    if (Math.abs(step.setup - setup) >= 1) this.note(`${name}: setup is stated as ${step.setup}, not ${setup}`);
    if (Math.abs(step.service - service) >= 1)
      this.note(`${name}: service is stated as ${step.service}, not ${service}`);
    this.actionSeconds += setup + service;
    this.checkWindow(task.timeWindows, step, name);
    if (task.lockedVehicle !== undefined && task.lockedVehicle !== vehicle.id)
      this.note(`${name} is locked to vehicle ${task.lockedVehicle}`);
    this.checkRide(task, step, name);
    this.checkDue(task, step, name);
    for (const id of task.after) {
      if (!this.served.some((one) => one.kind === "job" && one.id === id))
        this.note(`${name} does not follow job ${id}`);
    }
    for (const skill of task.skills) if (!vehicle.skills.includes(skill)) this.note(`${name} needs skill ${skill}`);
    this.load = this.load.map((amount, d) => amount + (task.pickup[d] as number) - (task.delivery[d] as number));
    this.checkLoad(step, `after ${name}`);
  }

  /** Unloads what jobs gave, loads what jobs of the next trip get; shipments stay. */
  private takeReload(step: VroomStep, name: string): void {
    const reload = this.vehicle.reloads.find(({ id }) => id === step.id);
    if (reload === undefined) return this.note(`${name} is not one of the vehicle's`);
    this.arrive(reload.place, name);
    if (step.setup !== 0 || Math.abs(step.service - reload.service) >= 1)
      this.note(`${name}: lasts ${step.setup + step.service}, not ${reload.service}`);
    this.actionSeconds += reload.service;
    this.checkWindow(reload.timeWindows, step, name);
    this.beginTrip(step);
    this.checkLoad(step, `after ${name}`);
    if (this.trips.length > this.vehicle.maxTrips)
      this.note(`makes ${this.trips.length} trips of ${this.vehicle.maxTrips}`);
  }

  private beginTrip({ type, id, load = [] }: VroomStep): void {
    this.load = [...load];
    this.trips.push({ load, first: this.served.length, reload: type === "reload" ? id : undefined });
  }

  /** Each trip must begin with the shipments on board then and what its own jobs get. */
  private checkTrips(): void {
    this.trips.forEach(({ load, first }, trip) => {
      const end = this.trips[trip + 1]?.first ?? this.served.length;
      load.forEach((amount, d) => {
        const shipped = this.served.slice(0, first).filter(({ kind }) => kind !== "job");
        const onBoard = shipped.reduce((sum, task) => sum + (task.pickup[d] ?? 0) - (task.delivery[d] ?? 0), 0);
        const jobs = this.served.slice(first, end).filter(({ kind }) => kind === "job");
        const carried = jobs.reduce((sum, { delivery }) => sum + (delivery[d] ?? 0), onBoard);
        const where = trip === 0 ? "at the start" : `of trip ${trip + 1}`;
        if (amount !== carried) this.note(`load ${d} ${where} is stated as ${amount} but comes to ${carried}`);
      });
    });
  }

  private takeBreak(step: VroomStep, name: string): void {
    const rest = this.vehicle.breaks.find(({ id }) => id === step.id);
    if (rest === undefined) return this.note(`${name} is not one of the vehicle's`);
    if (this.takenBreaks.has(rest.id)) this.note(`${name} is taken twice`);
    this.takenBreaks.add(rest.id);
    if (step.service !== rest.service) this.note(`${name}: lasts ${step.service}, not ${rest.service}`);
    this.actionSeconds += rest.service;
    this.checkWindow(rest.timeWindows, step, name);
    this.checkLoad(step, `during ${name}`);
    rest.maxLoad?.forEach((most, d) => {
      if ((this.load[d] as number) > most) this.note(`${name}: load ${d} of ${this.load[d]} is above ${most}`);
    });
  }

  /** Ends a leg: what was travelled since the last stop must be what the matrix says. */
  private arrive(to: Place | undefined, name: string): void {
    const { at, matrices, problem } = this;
    if (at !== undefined && to !== undefined) {
      const cell = at.node * problem.nodeCount + to.node;
      // VROOM counts hundredths of a second, rounding the speed and not the leg.
      const seconds = ((matrices.durations[cell] as number) * Math.round(100 / this.vehicle.speedFactor)) / 100;
      if (this.periods !== undefined) this.checkTraffic(seconds, name);
      const tolerance = Number.isInteger(seconds) && this.isWhole() ? 0 : this.pieces;
      if (this.periods === undefined && Math.abs(this.travelled - seconds) > tolerance)
        this.note(`${name}: takes ${this.travelled} s to reach, not ${seconds}`);
      this.legSeconds += seconds;
      this.distance += matrices.distances?.[cell] ?? 0;
      this.matrixCost += matrices.costs?.[cell] ?? 0;
    } else if (this.travelled !== 0 && this.isWhole()) {
      this.note(`${name}: travels although that end of the route is open`);
    }
    this.at = to ?? at;
    this.travelled = 0;
    this.pieces = 0;
    this.covered = [0, 0];
  }

  /** Counts what a piece of travel up to `arrival` covers: times are rounded up to whole seconds, or down where services are none. */
  private coverTraffic(arrival: number): void {
    if (this.periods === undefined) return;
    this.covered[0] = (this.covered[0] as number) + coverTravel(this.periods, this.left + 1, arrival - 1);
    this.covered[1] = (this.covered[1] as number) + coverTravel(this.periods, this.left, arrival + 1);
  }

  private checkTraffic(seconds: number, name: string): void {
    const [least, most] = this.covered as [number, number];
    if (seconds < least - 1e-6 || seconds > most + 1e-6)
      this.note(
        `${name}: is reached after ${this.travelled} s, which in traffic covers ${least} to ${most} s, not ${seconds}`,
      );
  }

  private checkRide(task: VroomTask, step: VroomStep, name: string): void {
    if (task.kind === "pickup") this.pickedUp.set(task, step.arrival + step.waiting_time + step.setup + step.service);
    if (task.kind !== "delivery") return;
    const pickup = this.problem.tasks[this.problem.tasks.indexOf(task) - 1] as VroomTask;
    const ride = step.arrival - (this.pickedUp.get(pickup) ?? step.arrival);
    if (ride > task.maxRideTime + this.clockTolerance()) this.note(`${name}: rides ${ride} s of ${task.maxRideTime}`);
  }

  /** Lateness counts from the moment service is due to that at which it begins. */
  private checkDue({ due }: VroomTask, step: VroomStep, name: string): void {
    if (due === undefined) return;
    const late = Math.max(0, step.arrival + step.waiting_time - due.by);
    const cost = (late * due.perHour) / 3600;
    this.lateness += late;
    this.latenessCost += cost;
    if (step.lateness !== late) this.note(`${name}: lateness is stated as ${step.lateness} but comes to ${late}`);
    if (!(Math.abs((step.lateness_cost ?? Number.NaN) - cost) <= 0.01))
      this.note(`${name}: lateness_cost is stated as ${step.lateness_cost} but comes to ${cost}`);
  }

  private checkLatenessOf(route: VroomRoute): void {
    if (route.lateness !== this.lateness)
      this.note(`lateness is stated as ${route.lateness} but comes to ${this.lateness}`);
    // Rounded at each stop and once more for the route.
    const tolerance = 1 + 0.01 * this.served.length;
    if (!(Math.abs((route.lateness_cost ?? Number.NaN) - this.latenessCost) <= tolerance))
      this.note(`lateness_cost is stated as ${route.lateness_cost} but comes to ${this.latenessCost}`);
  }

  /** The first tasks of the route must be those that are locked. */
  private checkLocks(): void {
    const { steps, lockedSteps } = this.vehicle;
    const planned = steps.filter(({ kind }) => kind === "job" || kind === "pickup" || kind === "delivery");
    let before = 0;
    for (const { kind, index } of steps) {
      if (kind === "job" || kind === "pickup" || kind === "delivery") before++;
      if (kind !== "reload" || before >= lockedSteps || this.problem.dimensionCount === 0) continue;
      const { id } = this.vehicle.reloads[index] as VroomTask;
      if (!this.trips.some(({ first, reload }) => first === before && reload === id))
        this.note(`reload ${id} is locked behind task ${before}, but is not there`);
    }
    planned.slice(0, lockedSteps).forEach(({ index }, rank) => {
      const task = this.problem.tasks[index] as VroomTask;
      if (this.served[rank] !== task) this.note(`${task.kind} ${task.id} is locked as number ${rank + 1}, but is not`);
    });
  }

  /** Two stated times differ from the exact span by less than this. */
  private clockTolerance(): number {
    return this.isWhole() ? 0 : 3;
  }

  private isWhole(): boolean {
    return this.vehicle.speedFactor === 1;
  }

  private checkWindow(windows: readonly TimeWindow[], step: VroomStep, name: string): void {
    const begin = step.arrival + step.waiting_time;
    if (windows.length > 0 && !windows.some(({ start, end }) => start <= begin && begin <= end)) {
      this.note(`${name}: begins at ${begin}, outside its time windows`);
    }
  }

  private checkLoad(step: VroomStep, where: string): void {
    this.load.forEach((amount, d) => {
      if (step.load?.[d] !== amount)
        this.note(`load ${d} ${where} is stated as ${step.load?.[d]} but comes to ${amount}`);
      if (amount < 0 || amount > (this.vehicle.capacity[d] as number)) {
        this.note(`load ${d} ${where} is ${amount} of ${this.vehicle.capacity[d]}`);
      }
    });
  }

  private checkShipments(): void {
    const { tasks } = this.problem;
    this.served.forEach((task, rank) => {
      if (task.kind === "job") return;
      const mate = tasks[tasks.indexOf(task) + (task.kind === "pickup" ? 1 : -1)] as VroomTask;
      const other = this.served.indexOf(mate);
      const isRight = task.kind === "pickup" ? other > rank : other >= 0 && other < rank;
      if (!isRight) this.note(`${task.kind} ${task.id} is not in order with its ${mate.kind}`);
    });
  }

  private note(fault: string): void {
    this.faults.push(`vehicle ${this.vehicle.id}: ${fault}`);
  }
}
