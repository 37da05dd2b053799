const AGGREGATE = /^(sum|count|min|max|avg|median)\s*\((.*)\)$/is;
const REFUSED = /;|--|\/\*|"|\$|\{|\b(select|from|join|union|with|attach|copy|pragma|read_\w+)\b/i;

/**
 * Why an aggregate expression of a metric file is refused; undefined when it is fine.
 * One call of a known aggregate, so that a filter and a currency factor can be put into it.
 */
export function refuseAggregate(sql: string, unit: string): string | undefined {
  const inner = AGGREGATE.exec(sql.trim())?.[2];
  if (inner === undefined || !isBalanced(inner)) {
    return "must be one aggregate call: sum(…), count(…), min(…), max(…), avg(…) or median(…).";
  }
  if (unit === "money" && !/^sum\s*\((?!\s*distinct\b)/i.test(sql.trim())) {
    return "must be sum(…), since money is converted row by row before it is added up.";
  }
  return refuseExpression(sql);
}

/** Why a row condition of a metric file is refused; undefined when it is fine. */
export function refuseExpression(sql: string): string | undefined {
  const found = REFUSED.exec(sql)?.[0];
  if (found !== undefined) return `holds "${found}"; only columns, functions, literals and operators are accepted.`;
  return isBalanced(sql) ? undefined : "has parentheses that do not match.";
}

/** The expression inside an accepted aggregate call: `net_minor` of `sum(net_minor)`. */
export function innerOfSum(sql: string): string {
  return AGGREGATE.exec(sql.trim())?.[2] ?? sql;
}

function isBalanced(sql: string): boolean {
  let depth = 0;
  for (const char of sql.replace(/'[^']*'/g, "")) {
    if (char === "(") depth++;
    if (char === ")" && --depth < 0) return false;
  }
  return depth === 0;
}
