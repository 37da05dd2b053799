import type { ColumnType, ContractColumn } from "../declare/contract.ts";
import type { BoundField } from "./bind-fields.ts";
import { castField } from "./cast-field.ts";
import { fieldText, isNative } from "./field-text.ts";
import { identifier } from "./sql-text.ts";

/** Engine type of each contract type, before money becomes minor units. */
const ENGINE_TYPE: Readonly<Record<ColumnType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  decimal: "DECIMAL(18, 6)",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  timestamp: "TIMESTAMP",
  market: "VARCHAR",
  currency: "VARCHAR",
  money: "DECIMAL(18, 6)",
};

/** SQL of one field between the file and the table. */
export interface TypedField {
  readonly name: string;
  readonly text: string;
  readonly select: readonly string[];
  readonly names: readonly string[];
  readonly hasInstant: boolean;
}

/** `t_<field>` is the text as read, `v_<field>` its value, `u_<field>` its UTC time where the file states one. */
export function typeField(column: ContractColumn, bound: BoundField | undefined, timeZone: string): TypedField {
  const [text, value, instant] = [`t_${column.field}`, `v_${column.field}`, `u_${column.field}`];
  if (bound?.column === undefined) {
    const constant = `CAST(${bound?.constant ?? "NULL"} AS ${ENGINE_TYPE[column.type]})`;
    return {
      name: column.field,
      text: `${bound?.constant ?? "CAST(NULL AS VARCHAR)"} AS ${text}`,
      select: [text, `${constant} AS ${value}`],
      names: [text, value],
      hasInstant: false,
    };
  }
  const isText = column.type === "text" || column.type === "market" || column.type === "currency";
  const native = !isText && isNative(bound.column.type) && bound.source.values === undefined;
  const cast = castField(
    column.type,
    text,
    native ? { column: text, type: bound.column.type } : undefined,
    bound.source,
    timeZone,
  );
  return {
    name: column.field,
    text: `${native ? identifier(bound.column.name) : fieldText(bound.column, bound.source)} AS ${text}`,
    select: [
      text,
      `${cast.value} AS ${value}`,
      ...(cast.instant === undefined ? [] : [`${cast.instant} AS ${instant}`]),
    ],
    names: [text, value, ...(cast.instant === undefined ? [] : [instant])],
    hasInstant: cast.instant !== undefined,
  };
}
