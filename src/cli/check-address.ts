import { once } from "node:events";
import { createServer } from "node:net";
import type { Config } from "../core/config.ts";
import { fail } from "../core/errors.ts";

const FIXES: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken by another program; choose another with --port or TRADEWIND_PORT, or end that program",
  EACCES: "may not be used by this user; choose a port above 1023 with --port or TRADEWIND_PORT",
  EADDRNOTAVAIL: "is no address of this machine; choose another with --host or TRADEWIND_HOST",
  ENOTFOUND: "is no address of this machine; choose another with --host or TRADEWIND_HOST",
};

/** Throws `SERVER_ADDRESS_UNUSABLE` when nobody can listen there: better known before a first night than after it. */
export async function checkAddress({ host, port }: Pick<Config, "host" | "port">): Promise<void> {
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, "listening");
  } catch (cause) {
    const fix = FIXES[(cause as NodeJS.ErrnoException).code ?? ""];
    if (fix === undefined) throw cause;
    throw fail("SERVER_ADDRESS_UNUSABLE", `${host}:${port} ${fix}.`, { cause });
  }
  probe.close();
  await once(probe, "close");
}
