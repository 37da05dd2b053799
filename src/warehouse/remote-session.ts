import type { MessagePort } from "node:worker_threads";
import { type PackedError, packError, unpackError } from "../core/packed-error.ts";
import { type ColumnData, createColumnTable } from "./column-table.ts";
import type { Session, SqlParams } from "./database.ts";
import { inTransaction } from "./in-transaction.ts";

/** A call of a session in another thread. Parameters are plain values. */
interface SessionCall {
  readonly id: number;
  readonly method: "run" | "rows" | "columns";
  readonly sql: string;
  readonly params: SqlParams | undefined;
}

type SessionAnswer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: PackedError });

/**
 * Answers the calls of `createRemoteSession` at the other end of the port: an engine belongs to one thread of a process, which reads for
 * all others. The session must be nobody else's, for its calls run one after the other.
 */
export function serveSession(session: Session, port: MessagePort): void {
  const answer = async ({ id, method, sql, params }: SessionCall): Promise<void> => {
    try {
      if (method === "columns") {
        const { data } = await session.columns(sql, params);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        port.postMessage({ id, value: data } satisfies SessionAnswer, listBuffers(data));
      } else {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        port.postMessage({ id, value: await session[method](sql, params) } satisfies SessionAnswer);
      }
    } catch (error) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      port.postMessage({ id, error: packError(error) } satisfies SessionAnswer);
    }
  };
  let last = Promise.resolve();
  // Nothing but calls of createRemoteSession comes through the port.
  port.on("message", (call: SessionCall) => void (last = last.then(() => answer(call))));
}

/** A session whose statements run in the thread at the other end of the port. Columns come as they were read, without a copy. */
export function createRemoteSession(port: MessagePort): Session {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  // Nothing but answers of serveSession comes through the port.
  port.on("message", (answer: SessionAnswer) => {
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("error" in answer) call?.reject(unpackError(answer.error));
    else call?.resolve(answer.value);
  });
  const ask = (method: SessionCall["method"], sql: string, params?: SqlParams): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = calls++;
      waiting.set(id, { resolve, reject });
      port.postMessage({ id, method, sql, params } satisfies SessionCall);
    });
  const run: Session["run"] = (sql, params) => ask("run", sql, params) as Promise<number>;
  return {
    run,
    rows: <T extends object>(sql: string, params?: SqlParams) => ask("rows", sql, params) as Promise<T[]>,
    columns: async (sql, params) => createColumnTable((await ask("columns", sql, params)) as ColumnData),
    transaction: (work) => inTransaction(run, work),
    close: () => port.close(),
  };
}

function listBuffers({ columns }: ColumnData): ArrayBuffer[] {
  return columns.flat().flatMap((part) => ("numbers" in part ? [part.numbers.buffer as ArrayBuffer] : []));
}
