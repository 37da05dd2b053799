import { Type } from "@fastify/type-provider-typebox";
import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";
import type { AppOptions } from "../app-options.ts";
import { releaseOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { identifier } from "../schemas/recommendation-knobs.ts";
import { STAMP } from "../schemas/stamp.ts";
import type { LoggedEvent } from "../serving/event-log.ts";

const DAY_MS = 86_400_000;
const CLOSED = { additionalProperties: false } as const;
const id = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });
const EventSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 128, description: "The same id is the same event and counts once." }),
    kind: Type.Enum(["view", "cart", "purchase"]),
    visitorId: Type.String({ minLength: 1, maxLength: 128 }),
    sessionId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    customerId: Type.Optional(identifier("The customer, where known.")),
    itemId: Type.String({ minLength: 1, maxLength: 128 }),
    at: Type.Optional(
      Type.String({
        format: "date-time",
        description: "When it happened, RFC 3339. Missing: now.",
        examples: ["2026-01-31T12:00:00Z"],
      }),
    ),
    quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    market: Type.Optional(Type.String({ pattern: "^[A-Z]{2}$", examples: ["GB"] })),
  },
  CLOSED,
);
const count = (description: string) => Type.Integer({ description });

/** What visitors do, for the answers that follow and for the nightly run. */
export function eventRoutes(
  app: ApiServer,
  { liveEvents, eventLog, clock }: Pick<AppOptions, "liveEvents" | "eventLog" | "clock">,
): void {
  app.post(
    "/v1/events",
    {
      schema: {
        operationId: "postEvents",
        summary: "Report what visitors did",
        description:
          "Views, carts and purchases, up to 1,000 a call. They count in the next answers for the visitor, session and customer of this process, and are kept on disk for the nightly run before the answer is sent. All or nothing: one malformed event refuses the call.",
        tags: ["recommendations"],
        body: Type.Object(
          {
            store: Type.Optional(id("Store of the events. Missing: the store with most items.")),
            events: Type.Array(EventSchema, { minItems: 1, maxItems: 1000 }),
          },
          CLOSED,
        ),
        response: {
          202: Type.Object({
            ...STAMP,
            accepted: count("Events kept."),
            duplicate: count("Events whose id was known."),
            capped: count("Events beyond 500 an hour of one visitor, which are not kept."),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request, reply) => {
      const release = releaseOf(request);
      const store = release.recommender.storeOf(request.body.store);
      const nowMs = clock.now().getTime();
      const events = request.body.events.map(({ at, ...event }, index): LoggedEvent => {
        const atMs = at === undefined ? nowMs : Date.parse(at);
        if (atMs < Date.UTC(1995) || atMs > nowMs + DAY_MS) {
          const message = `events[${index}].at is "${String(at)}"; it must lie between 1995 and tomorrow.`;
          throw fail("REQUEST_INVALID", message, { errors: [{ pointer: `/events/${index}/at`, message }] });
        }
        return { ...event, store, atMs };
      });
      const counts = { accepted: 0, duplicate: 0, capped: 0 };
      const accepted = events.filter((event) => {
        const verdict = liveEvents.admit(event, nowMs);
        counts[verdict]++;
        return verdict === "accepted";
      });
      try {
        await eventLog.append(accepted);
      } catch (error) {
        accepted.forEach((event) => liveEvents.forget(event));
        throw error;
      }
      accepted.forEach((event) => liveEvents.record(event));
      return reply.code(202).send({ release: release.id, asOf: release.asOf, ...counts });
    },
  );
}
