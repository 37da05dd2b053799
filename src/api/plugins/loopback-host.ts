import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";

const LOOPBACK_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(host) || host === "::1";
}

/**
 * Refuses requests whose Host header names another machine. On a server bound to loopback such a request comes from
 * a web page that re-pointed its own name to 127.0.0.1 (DNS rebinding) to read it through the visitor's browser.
 */
export function installLoopbackHostCheck(app: ApiServer): void {
  let lastGood: string | undefined;
  app.addHook("onRequest", (request, _reply, done) => {
    // One host asks many times.
    if (request.host === lastGood) return done();
    if (LOOPBACK_NAMES.has(request.hostname)) {
      lastGood = request.host;
      return done();
    }
    const detail = `This server answers for localhost only; call http://127.0.0.1 or start it with --host.`;
    done(fail("REQUEST_HOST_REFUSED", detail));
  });
}
