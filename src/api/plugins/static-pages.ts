import fastifyStatic from "@fastify/static";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";

const YEAR_SEC = 31_536_000;

/**
 * Serves the built dashboards: the page for `/`, `/dashboards/*` and `/planner` (the browser code reads the rest of the path),
 * the files beside it by name. Files under `assets/` carry a hash in their name and never change.
 * Before the pages are built the page paths answer `PAGES_NOT_BUILT`, everything else works.
 */
export function installStaticPages(app: ApiServer, folder: string): void {
  const isBuilt = existsSync(join(folder, "index.html"));
  if (isBuilt) {
    app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isHashed = path.startsWith(join(folder, "assets"));
        void reply.header("cache-control", isHashed ? `public, max-age=${YEAR_SEC}, immutable` : "no-cache");
      },
    });
  }
  for (const url of ["/", "/dashboards", "/dashboards/*", "/planner"]) {
    app.get(url, { schema: { hide: true } }, (_request, reply) => {
      if (!isBuilt) throw fail("PAGES_NOT_BUILT", "The web build is missing.");
      return reply.sendFile("index.html");
    });
  }
}
