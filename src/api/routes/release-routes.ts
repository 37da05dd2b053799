import { Type } from "@fastify/type-provider-typebox";
import type { ReleaseManifest } from "../../warehouse/releases/release-manifest.ts";
import type { ApiServer } from "../api-server.ts";
import { stampOf } from "../plugins/release-lease.ts";
import { PAGING_QUERY, takePage } from "../schemas/paging.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { nullableText, STAMP_OR_NULL } from "../schemas/stamp.ts";

const figures = Type.Unsafe<Readonly<Record<string, number>>>({
  type: "object",
  additionalProperties: { type: "number" },
});

const ReleaseSchema = Type.Object({
  releaseId: Type.String(),
  isServed: Type.Boolean({ description: "Whether answers are made from it now." }),
  createdAt: Type.String(),
  asOf: Type.String(),
  version: Type.String(),
  runId: Type.String(),
  models: Type.Array(
    Type.Object({
      name: Type.String(),
      version: Type.String(),
      published: Type.Boolean({
        description: "False: the gate held it back and the artefact of the night before stays.",
      }),
      trainedOn: Type.Integer(),
      metrics: figures,
      baseline: figures,
      gate: Type.Object({ rule: Type.String(), passed: Type.Boolean() }),
    }),
  ),
  figures,
});

export interface ReleaseOptions {
  readonly listReleases: () => readonly ReleaseManifest[];
}

/** What the nights have published. A release never changes. */
export function releaseRoutes(app: ApiServer, { listReleases }: ReleaseOptions): void {
  app.get(
    "/v1/releases",
    {
      schema: {
        operationId: "listReleases",
        summary: "Releases, newest first",
        tags: ["operations"],
        querystring: Type.Object(PAGING_QUERY, { additionalProperties: false }),
        response: {
          200: Type.Object({ ...STAMP_OR_NULL, releases: Type.Array(ReleaseSchema), nextCursor: nullableText() }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => {
      const stamp = stampOf(request);
      const byId = new Map(listReleases().map((manifest) => [manifest.releaseId, manifest]));
      const ids = [...byId.keys()].sort().reverse();
      const { entries, nextCursor } = takePage(ids, request.query, (id) => byId.get(id));
      const releases = entries.map((manifest) => ({
        ...manifest,
        models: [...manifest.models],
        isServed: manifest.releaseId === stamp.release,
      }));
      return { ...stamp, releases, nextCursor };
    },
  );
}
