import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";
import type { Lease, ReleaseHolder } from "../serving/release-holder.ts";
import type { ServedRelease } from "../serving/served-release.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The release this request is answered from, to the end; undefined before the first one is published. */
    lease: Lease<ServedRelease> | undefined;
  }
  interface FastifyContextConfig {
    /** Makes a read cacheable: what Cache-Control says. The ETag changes with the release, so a stale copy shows. */
    cacheControl?: string;
  }
}

/** May be used for a minute without asking: what a storefront shows. */
export const CACHE_FOR_A_MINUTE = "private, max-age=60, stale-while-revalidate=300";
/** Kept, but asked for each time (a 304 costs no work): what must not show two releases on one page. */
export const CACHE_AND_ASK = "private, no-cache";

export interface ReleaseLeaseOptions {
  readonly releases: Pick<ReleaseHolder<ServedRelease>, "lease">;
  /** Changes when the code, the dashboards or the day do, and so the bodies made from the same release. */
  readonly etagSalt: () => string;
}

/**
 * Ties each request below this scope to the release that is current when it comes in, so that no answer mixes two,
 * and answers If-None-Match from release and address alone: nothing is computed or hashed to say "not modified".
 */
export function installReleaseLease(app: ApiServer, { releases, etagSalt }: ReleaseLeaseOptions): void {
  app.decorateRequest("lease", undefined);
  app.addHook("onRequest", (request, _reply, done) => {
    request.lease = releases.lease();
    done();
  });
  app.addHook("onResponse", (request, _reply, done) => {
    request.lease?.end();
    done();
  });
  app.addHook("preHandler", (request, reply, done) => {
    const { cacheControl } = request.routeOptions.config;
    if (cacheControl === undefined || request.lease === undefined) return done();
    const etag = createEtag(request.lease.release.id, request.url, etagSalt());
    void reply.header("cache-control", cacheControl).header("etag", etag);
    if (!matchesEtag(request.headers["if-none-match"], etag)) return done();
    return reply.code(304).send();
  });
}

/** The release of the request; throws `RELEASE_NONE` before the first one. */
export function releaseOf(request: FastifyRequest): ServedRelease {
  if (request.lease === undefined) throw fail("RELEASE_NONE", "Nothing has been published yet.");
  return request.lease.release;
}

export function stampOf(request: FastifyRequest): { release: string | null; asOf: string | null } {
  const release = request.lease?.release;
  return { release: release?.id ?? null, asOf: release?.asOf ?? null };
}

function createEtag(releaseId: string, url: string, salt: string): string {
  const hash = createHash("sha1").update(salt).update("\n").update(url).digest("base64url").slice(0, 16);
  return `"${releaseId}.${hash}"`;
}

function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const known = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*");
}
