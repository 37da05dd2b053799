import type { Condition, Rule } from "../declare/contract.ts";
import { literal } from "./sql-text.ts";

/** CASE expression of rules: the text of the first that fits, else `otherwise` (SQL). */
export function ruleCase(rules: readonly Rule[], valueOf: (field: string) => string, otherwise: string): string {
  if (rules.length === 0) return otherwise;
  const cases = rules.map((rule) => {
    const tests = Object.entries(rule.when).flatMap(([field, condition]) => conditionTests(valueOf(field), condition));
    return `WHEN ${tests.join(" AND ")} THEN ${literal(rule.set)}`;
  });
  return `CASE ${cases.join(" ")} ELSE ${otherwise} END`;
}

function conditionTests(value: string, condition: Condition): string[] {
  const tests: string[] = [];
  if (condition.in !== undefined) tests.push(`${value} IN (${condition.in.map(literal).join(", ")})`);
  if (condition.startsWith !== undefined) tests.push(`starts_with(${value}, ${literal(condition.startsWith)})`);
  if (condition.matches !== undefined) tests.push(`regexp_matches(${value}, ${literal(condition.matches)})`);
  if (condition.below !== undefined) tests.push(`${value} < ${condition.below}`);
  if (condition.present !== undefined) tests.push(`${value} IS ${condition.present ? "NOT " : ""}NULL`);
  return tests;
}
