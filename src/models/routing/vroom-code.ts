import type { ErrorCode } from "../../core/errors.ts";

/** VROOM's codes of failures: 1 its own, 2 wrong input, 3 routing. */
const CODES: Readonly<Partial<Record<ErrorCode, 1 | 2 | 3>>> = {
  INTERNAL: 1,
  REQUEST_BODY_TOO_LARGE: 2,
  REQUEST_INVALID: 2,
  ROUTE_INPUT_INVALID: 2,
  ROUTE_ROUTER_FAILED: 3,
  ROUTE_THREAD_FAILED: 1,
  ROUTE_TIME_EXCEEDED: 1,
  ROUTE_UNREACHABLE: 3,
};

/** What VROOM would answer for a failure of a routing request; undefined for what it does not know. */
export function vroomCodeOf(code: ErrorCode): 1 | 2 | 3 | undefined {
  return CODES[code];
}
