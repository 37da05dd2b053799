import { describe, expect, it } from "vitest";
import { innerOfSum, refuseAggregate, refuseExpression } from "./metric-sql.ts";

describe("metric SQL", () => {
  it.each(["sum(net_minor)", "count(*)", "count(DISTINCT customer_no)", "SUM (a * (b + 1))", "sum(weight_g / 1000)"])(
    "accepts %s",
    (sql) => expect(refuseAggregate(sql, "count")).toBeUndefined(),
  );

  it.each([
    "net_minor",
    "sum(a) / sum(b)",
    "sum(a) FILTER (WHERE b)",
    "sum(a); DROP TABLE mart_order",
    "sum((SELECT 1))",
    "sum(a) -- note (b)",
    'sum("a")',
    "sum(a))",
    "system('x')",
  ])("refuses %s", (sql) => expect(refuseAggregate(sql, "count")).toBeDefined());

  it("keeps money to plain sums", () => {
    expect(refuseAggregate("sum(DISTINCT net_minor)", "money")).toContain("must be sum(…)");
    expect(refuseAggregate("sum(net_minor)", "money")).toBeUndefined();
  });

  it("accepts row conditions, parentheses in literals included", () => {
    expect(refuseExpression("mode = 'Air (charter)' AND weight_g > 0")).toBeUndefined();
    expect(refuseExpression("(a")).toContain("parentheses");
  });

  it("finds what is summed", () => expect(innerOfSum("sum(a * (b + 1))")).toBe("a * (b + 1)"));
});
