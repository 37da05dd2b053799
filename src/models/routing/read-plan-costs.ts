import type { FieldReader } from "./field-reader.ts";
import type { PlanCosts } from "./vroom-problem.ts";

const MAX_COST = 1e9;

/** What `options` say that a plan costs on top of its routes. */
export function readPlanCosts(options: FieldReader | undefined): PlanCosts {
  const cost = (field: string): number | undefined =>
    options?.has(field) === true ? options.number(field, 0, 0, MAX_COST) : undefined;
  const balance = options?.object("balance");
  balance?.refuseOthers(["by", "cost"], []);
  const by = balance?.text("by") ?? "time";
  if (by !== "time" && by !== "tasks") balance?.fault("by", 'must be "time" or "tasks"');
  if (balance?.has("cost") === false) balance.fault("cost", "is required");
  return {
    move: cost("stability_cost"),
    reorder: cost("reorder_cost"),
    balance: balance && { by: by === "tasks" ? by : "time", cost: balance.number("cost", 0, 0, MAX_COST) },
  };
}
