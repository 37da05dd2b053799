import { setTimeout as delay } from "node:timers/promises";
import type { ApiServer } from "../api-server.ts";

export interface Draining {
  /** True from the moment the server was told to close. */
  isDraining(): boolean;
}

/**
 * Lets clients go before the listener closes. From the first moment of closing `/readyz` is 503 and each answer says
 * `connection: close`, so that keep-alive clients leave after an answer instead of finding a closed socket.
 * Without it Fastify waits for every keep-alive client to time out (72 s).
 */
export function installDraining(app: ApiServer, graceMs: number): Draining {
  let isDraining = false;
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (isDraining) void reply.header("connection", "close");
    done();
  });
  app.addHook("preClose", async () => {
    isDraining = true;
    if (graceMs > 0) await delay(graceMs);
  });
  return { isDraining: () => isDraining };
}
