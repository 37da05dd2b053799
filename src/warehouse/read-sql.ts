import { readFileSync } from "node:fs";
import { fail } from "../core/errors.ts";

const cache = new Map<string, string>();

/** Text of `sql/<name>.sql`, e.g. `readSql("marts/build_sales_day")`. Read once a process. */
export function readSql(name: string): string {
  let sql = cache.get(name);
  if (sql === undefined) {
    sql = readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), "utf8");
    cache.set(name, sql);
  }
  return sql;
}

/** Replaces `{{key}}` by identifiers. Only lower-case identifiers pass: values are bound as parameters, never put in here. */
export function fillIdentifiers(sql: string, identifiers: Readonly<Record<string, string>>): string {
  return sql.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const identifier = identifiers[key];
    if (identifier === undefined || !/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(identifier)) {
      throw fail(
        "WAREHOUSE_QUERY_FAILED",
        `"${String(identifier)}" cannot stand for {{${key}}}: identifiers are lower case letters, digits and _.`,
      );
    }
    return identifier;
  });
}
