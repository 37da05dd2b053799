import { readFileSync } from "node:fs";

const cache = new Map<string, string>();

/** Text of `sql/<name>.sql` of this room. Read once a process. */
export function readIngestSql(name: string): string {
  let sql = cache.get(name);
  if (sql === undefined) {
    sql = readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), "utf8");
    cache.set(name, sql);
  }
  return sql;
}
