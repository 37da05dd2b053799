import { Type } from "@fastify/type-provider-typebox";
import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";
import type { Draining } from "../plugins/draining.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { STAMP } from "../schemas/stamp.ts";

export interface HealthOptions {
  readonly currentRelease: () => { readonly id: string; readonly asOf: string } | undefined;
  readonly draining: Draining;
}

/** Whether the process is alive, and whether it should get traffic. The two never share a dependency. */
export function healthRoutes(app: ApiServer, { currentRelease, draining }: HealthOptions): void {
  app.get(
    "/livez",
    {
      schema: {
        operationId: "getLiveness",
        summary: "Whether the process answers at all",
        description: "Depends on nothing else: restart the process when it fails.",
        tags: ["operations"],
        response: { 200: Type.Object({ status: Type.Enum(["alive"]) }), ...PROBLEM_RESPONSES },
      },
    },
    () => ({ status: "alive" as const }),
  );

  app.get(
    "/readyz",
    {
      schema: {
        operationId: "getReadiness",
        summary: "Whether the process should get requests",
        description: "503 until a release is loaded and from the moment the server begins to stop.",
        tags: ["operations"],
        response: { 200: Type.Object({ status: Type.Enum(["ready"]), ...STAMP }), ...PROBLEM_RESPONSES },
      },
    },
    () => {
      if (draining.isDraining()) throw fail("SHUTTING_DOWN", "The server is draining.");
      const release = currentRelease();
      if (release === undefined) throw fail("RELEASE_NONE", "No release is loaded.");
      return { status: "ready" as const, release: release.id, asOf: release.asOf };
    },
  );
}
