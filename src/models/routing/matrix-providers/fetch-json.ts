import { fail } from "../../../core/errors.ts";

const TIMEOUT_MS = 30_000;

/** Asks a router; every failure is `ROUTE_ROUTER_FAILED` with what it said. */
export async function fetchJson(url: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
  const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { ...(body === undefined ? {} : post), signal });
    const answer: unknown = await response.json();
    if (typeof answer !== "object" || answer === null) throw new Error("the answer is no JSON object");
    if (!response.ok) throw new Error(`status ${response.status}: ${JSON.stringify(answer).slice(0, 300)}`);
    // Just proved to be an object; its fields are checked where they are read.
    return answer as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw fail("ROUTE_ROUTER_FAILED", `The router did not answer as it should: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A table of numbers or nulls; `ROUTE_ROUTER_FAILED` for anything else. */
export function readTable(value: unknown, name: string): (number | null)[][] {
  const isCell = (cell: unknown): cell is number | null => cell === null || (typeof cell === "number" && cell >= 0);
  if (Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every(isCell))) {
    // Just proved cell by cell.
    return value;
  }
  throw fail("ROUTE_ROUTER_FAILED", `The router's answer has no table "${name}" of numbers.`);
}
