import type { Session } from "../../warehouse/database.ts";
import { identifier, literal } from "../compile/sql-text.ts";
import type { Contract } from "../declare/contract.ts";
import type { Allocation } from "../declare/source-mapping.ts";

export function allocationTable(index: number): string {
  return `ingest_allocation_${index}`;
}

/**
 * Shares a measure that is stated once for several rows over all of them, exactly: integer shares by largest remainder,
 * so that their sum is what was stated (money in minor units, weights in whole grams). Where all weights of a group are
 * zero the shares are equal. Writes `row_no, share, basis, is_resolved`, one row a staged row.
 */
export async function allocate(
  session: Session,
  contract: Contract,
  rule: Allocation,
  index: number,
  sources: { readonly typed: string; readonly shaped: string },
): Promise<void> {
  const column = contract.columns.find((candidate) => candidate.name === rule.column);
  const money = column?.type === "money";
  const stated = money
    ? `CAST(v_${column.field} AS DECIMAL(24, 6)) * coalesce(k.factor, 100)`
    : `v_${column?.field ?? rule.column}`;
  const from = `trim(CAST(${identifier(rule.from)} AS VARCHAR))`;
  const texts = Object.entries(rule.texts).map(
    ([text, basis]) => `WHEN ${from} = ${literal(text)} THEN ${literal(basis)}`,
  );
  await session.run(`CREATE OR REPLACE TEMP TABLE ${allocationTable(index)} AS
    WITH line AS (
      SELECT t.row_no,
        trim(CAST(${identifier(rule.pointsAt)} AS VARCHAR)) AS id,
        nullif(regexp_extract(${from}, ${literal(rule.pointer)}, 1), '') AS pointer,
        CAST(round(${stated}) AS HUGEINT) AS stated,
        ${texts.length === 0 ? "NULL" : `CASE ${texts.join(" ")} END`} AS reason,
        CAST(round(greatest(coalesce(v_${rule.shareBy}, 0), 0) * 100) AS HUGEINT) AS weight
      FROM (${sources.typed}) t JOIN (${sources.shaped}) s USING (row_no)
      LEFT JOIN ingest_currency k ON k.code = v_currency
    ),
    first_line AS (
      -- A line that stands twice in the file counts once.
      SELECT * FROM line QUALIFY row_number() OVER (PARTITION BY id ORDER BY row_no) = 1
    ),
    led AS (
      SELECT own.id, own.weight, head.stated, head.reason, head.id IS NOT NULL AS is_resolved,
        coalesce(own.pointer, own.id) AS leader
      FROM first_line own
      LEFT JOIN first_line head ON head.id = coalesce(own.pointer, own.id) AND head.pointer IS NULL
    ),
    weighted AS (
      SELECT *, count(*) OVER grouped AS size, sum(weight) OVER grouped AS total_weight FROM led
      WINDOW grouped AS (PARTITION BY leader)
    ),
    parted AS (
      SELECT *, CASE WHEN total_weight = 0 THEN 1 ELSE weight END AS part,
        CASE WHEN total_weight = 0 THEN size ELSE total_weight END AS whole
      FROM weighted
    ),
    floored AS (
      SELECT *, (stated * part) // whole AS low, (stated * part) % whole AS rest FROM parted
    ),
    shared AS (
      SELECT *, stated - sum(low) OVER (PARTITION BY leader) AS missing,
        row_number() OVER (PARTITION BY leader ORDER BY rest DESC, id) AS turn
      FROM floored
    )
    SELECT line.row_no, CAST(low + CASE WHEN turn <= missing THEN 1 ELSE 0 END AS BIGINT) AS share,
      CASE WHEN shared.stated IS NULL THEN coalesce(shared.reason, 'missing') WHEN size > 1 THEN 'allocated' ELSE 'stated' END AS basis,
      is_resolved
    FROM line JOIN shared USING (id)`);
}
