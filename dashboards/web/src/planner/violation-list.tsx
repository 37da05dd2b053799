import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { findMessage } from "../text/messages.ts";
import { formatMetres, formatNumber, formatSpan } from "./format-amounts.ts";
import { measureViolation, type Excess } from "./measure-violation.ts";
import { choose } from "./planner-state.ts";
import { nameOfTask, type PlanStep, type RoutePlan, type RouteProblem, type Violation } from "./vroom.ts";

/** Rules shown at once; a plan that breaks more is not mended one by one. */
const SHOWN = 30;

interface ViolationListProps {
  readonly problem: RouteProblem;
  readonly plan: RoutePlan;
}

/** Every rule the plan breaks, where, and by how much; each leads to its stop. */
export function ViolationList({ problem, plan }: ViolationListProps) {
  const broken = plan.routes.flatMap(({ vehicle, steps, violations }) => {
    const atSteps = steps.flatMap((step) => step.violations.map((violation) => ({ vehicle, step, violation })));
    const missing = violations.filter(({ cause }) => cause === "missing_break" || cause === "min_tasks");
    return [...atSteps, ...missing.map((violation) => ({ vehicle, step: steps[0] as PlanStep, violation }))];
  });
  if (broken.length === 0) return <p class="planner-sound">{text("planner.noViolations")}</p>;
  return (
    <>
      <p class="planner-broken">{text("planner.violations", { count: broken.length })}</p>
      <ul class="planner-violations">
        {broken.slice(0, SHOWN).map(({ vehicle, step, violation }, at) => (
          <li key={at}>
            <button
              type="button"
              class="choice"
              onClick={() =>
                choose(
                  vehicle,
                  step.id === undefined || step.type === "start" || step.type === "end" || step.type === "reload"
                    ? undefined
                    : { type: step.type, id: step.id },
                )
              }
            >
              {text("planner.violationAt", {
                vehicle,
                stop: nameOfTask(step),
                rule: describeViolation(violation, step, problem, vehicle),
              })}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

export function describeViolation(
  violation: Violation,
  step: PlanStep,
  problem: RouteProblem,
  vehicleId: number,
): string {
  const vehicle = problem.vehicles.find(({ id }) => id === vehicleId);
  const excess = vehicle === undefined ? undefined : measureViolation(violation, step, vehicle, problem);
  const rule = nameOfViolation(violation.cause);
  return excess === undefined ? rule : `${rule}: ${formatExcess(excess)}`;
}

export function nameOfViolation(cause: string): string {
  return findMessage(language.value, `violation.${cause}`) ?? cause;
}

function formatExcess({ amount, unit }: Excess): string {
  if (unit === "seconds") return formatSpan(amount, language.value);
  if (unit === "metres") return formatMetres(amount, language.value);
  return unit === "load" ? `+${formatNumber(amount, language.value)}` : `#${amount}`;
}
