import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { findMessage } from "../text/messages.ts";
import { describeBrokenLock, describeSteps, describeStop } from "./describe-stop.ts";
import type { Stop } from "./edit-plan.ts";
import type { BrokenLock } from "./find-broken-locks.ts";
import { formatMetres, formatNumber, formatSpan } from "./format-amounts.ts";
import { measureViolation, type Excess } from "./measure-violation.ts";
import { brokenLocks, choose, locks } from "./planner-state.ts";
import {
  nameOfTask,
  type PlanRoute,
  type PlanStep,
  type RoutePlan,
  type RouteProblem,
  type Violation,
} from "./vroom.ts";

/** Rules shown at once; a plan that breaks more is not mended one by one. */
const SHOWN = 30;

interface ViolationListProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** A broken rule or lock: what is said of it, and what choosing it chooses. */
interface Broken {
  readonly key: string;
  readonly words: string;
  readonly vehicle: number | undefined;
  readonly stop: Stop | undefined;
}

/** Every rule and lock the plan breaks, where, and by how much; each leads to its stop. */
export function ViolationList({ problem, plan }: ViolationListProps) {
  const broken = [...brokenLocks.value.map(toBroken), ...listRules(problem, plan)];
  if (broken.length === 0) return <p class="planner-sound">{text("planner.noViolations")}</p>;
  return (
    <>
      <p class="planner-broken">{text("planner.violations", { count: broken.length })}</p>
      <ul class="planner-violations">
        {broken.slice(0, SHOWN).map(({ key, words, vehicle, stop }) => (
          <li key={key}>
            <button type="button" class="choice" onClick={() => choose(vehicle, stop)}>
              {words}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function toBroken(lock: BrokenLock): Broken {
  const { vehicle, stop, now } = lock;
  const words = text("planner.violationAt", { vehicle, stop: describeStop(stop), rule: describeBrokenLock(lock) });
  return { key: `lock ${vehicle} ${nameOfTask(stop)}`, words, vehicle: now?.vehicle, stop };
}

function listRules(problem: RouteProblem, { routes, summary }: RoutePlan): Broken[] {
  const ofRoutes = routes.flatMap((route) => {
    const { vehicle, steps, violations } = route;
    const names = describeSteps(steps);
    const tell = (at: number, { type, id }: Pick<PlanStep, "type" | "id">, violation: Violation): Broken => {
      const rule = describeViolation(violation, steps[at] as PlanStep, route, problem);
      const stop =
        id === undefined || type === "start" || type === "end" || type === "reload" ? undefined : { type, id };
      const words = text("planner.violationAt", { vehicle, stop: names[at] ?? "", rule });
      return { key: `${vehicle} ${at} ${violation.cause}`, words, vehicle, stop };
    };
    const missing = violations.filter(({ cause }) => cause === "missing_break" || cause === "min_tasks");
    return [
      ...steps.flatMap((step, at) => step.violations.map((violation) => tell(at, step, violation))),
      ...missing.map((violation) => tell(0, { type: "start" }, violation)),
    ];
  });
  const ofPlan = summary.violations.filter(({ cause }) => cause === "max_vehicles" || cause === "min_vehicles");
  return [
    ...ofRoutes,
    ...ofPlan.map(({ cause }) => ({ key: cause, words: nameOfViolation(cause), vehicle: undefined, stop: undefined })),
  ];
}

export function describeViolation(
  violation: Violation,
  step: PlanStep,
  route: PlanRoute,
  problem: RouteProblem,
): string {
  const vehicle = problem.vehicles.find(({ id }) => id === route.vehicle);
  const excess = vehicle === undefined ? undefined : measureViolation(violation, step, route, vehicle, problem);
  const tied = violation.cause === "locked_vehicle" ? locks.value.stops.get(nameOfTask(step)) : undefined;
  const rule = nameOfViolation(violation.cause);
  if (tied !== undefined) return `${rule}: ${text("planner.vehicleNumber", { vehicle: tied })}`;
  return excess === undefined ? rule : `${rule}: ${formatExcess(excess)}`;
}

export function nameOfViolation(cause: string): string {
  return findMessage(language.value, `violation.${cause}`) ?? cause;
}

function formatExcess({ amount, unit }: Excess): string {
  if (unit === "seconds") return formatSpan(amount, language.value);
  if (unit === "metres") return formatMetres(amount, language.value);
  return unit === "skill" ? `#${amount}` : formatNumber(amount, language.value, 0, "always");
}
