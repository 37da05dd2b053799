import { Type } from "@fastify/type-provider-typebox";
import { fail } from "../../core/errors.ts";
import { withDefault } from "./with-default.ts";

/** Query of every list. */
export const PAGING_QUERY = {
  limit: withDefault(Type.Integer({ minimum: 1, maximum: 100, default: 20, description: "Entries at most." })),
  cursor: Type.Optional(Type.String({ maxLength: 200, description: "`nextCursor` of the page before." })),
};

interface Page<T> {
  readonly entries: readonly T[];
  readonly nextCursor: string | null;
}

/** The page that follows the entry the cursor was made from. `ids` are sorted newest first; only a page is loaded. */
export function takePage<T>(
  ids: readonly string[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  load: (id: string) => T | undefined,
): Page<T> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  const rest = after === undefined ? ids : ids.filter((id) => id < after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rest.length > page.length && last !== undefined;
  return {
    entries: page.map(load).filter((entry) => entry !== undefined),
    nextCursor: hasMore ? encodeCursor(last) : null,
  };
}

function encodeCursor(id: string): string {
  return Buffer.from(`after:${id}`).toString("base64url");
}

function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  if (!text.startsWith("after:")) {
    const message = "cursor was not given out by this list; send nextCursor of the page before, or none.";
    throw fail("REQUEST_INVALID", message, { errors: [{ pointer: "/cursor", message }] });
  }
  return text.slice("after:".length);
}
