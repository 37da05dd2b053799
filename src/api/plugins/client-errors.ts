import type { Socket } from "node:net";
import { fail } from "../../core/errors.ts";
import { PROBLEM_MEDIA_TYPE, toProblem } from "../problems/problem.ts";

/** Answers what is no HTTP at all (a bad request line, headers too long, a sender that dawdles), then hangs up. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const reason =
    error.code === "HPE_HEADER_OVERFLOW"
      ? "The headers are larger than 16 KiB; send fewer or shorter ones."
      : error.code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? "The request did not arrive in time; send it again."
        : "What arrived is not an HTTP request; check the client.";
  const problem = toProblem(fail("REQUEST_INVALID", reason, { cause: error }), "unread");
  const body = JSON.stringify(problem);
  const head = [
    "HTTP/1.1 400 Bad Request",
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
