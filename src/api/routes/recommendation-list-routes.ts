import { Type } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { fail } from "../../core/errors.ts";
import type { ApiServer } from "../api-server.ts";
import type { AppOptions } from "../app-options.ts";
import { releaseOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { BODY_KNOBS, identifier, ITEM_IDS, PURCHASE_KNOBS } from "../schemas/recommendation-knobs.ts";
import { RankingSchema, RecommendationSchema } from "../schemas/recommendation-schema.ts";
import { asWritten, compileRecommendationSerializer } from "../schemas/write-recommendation.ts";

const CLOSED = { additionalProperties: false } as const;
const KNOBS = {
  ...BODY_KNOBS,
  ...PURCHASE_KNOBS,
  customerId: Type.Optional(identifier("The customer, where known: the market and what was bought.")),
};
const WHO = {
  visitorId: Type.Optional(identifier("Whose posted events count as well.")),
  sessionId: Type.Optional(identifier("Only events posted under this id of a visit.")),
};
const BasketBody = Type.Object({ ...KNOBS, items: ITEM_IDS }, CLOSED);
const SessionBody = Type.Object({ ...KNOBS, ...WHO, items: Type.Optional(ITEM_IDS) }, CLOSED);
const RankBody = Type.Object({ ...KNOBS, ...WHO, candidates: ITEM_IDS, items: Type.Optional(ITEM_IDS) }, CLOSED);
const response = { 200: asWritten(RecommendationSchema), ...PROBLEM_RESPONSES };
const tags = ["recommendations"];
const serializerCompiler = compileRecommendationSerializer;

/** Which items to show with a list of items: a basket, what was looked at, a shelf to order. */
export function recommendationListRoutes(app: ApiServer, { liveEvents }: Pick<AppOptions, "liveEvents">): void {
  const recall = (request: FastifyRequest, who: { store?: string; visitorId?: string; sessionId?: string }) => {
    const store = releaseOf(request).recommender.storeOf(who.store);
    return liveEvents.recall({ store, sessionId: who.sessionId, visitorId: who.visitorId });
  };

  app.post(
    "/v1/recommendations/basket",
    {
      serializerCompiler,
      schema: {
        operationId: "recommendForBasket",
        summary: "Items that go with a basket",
        tags,
        body: BasketBody,
        response,
      },
    },
    (request) => {
      const { id, recommender } = releaseOf(request);
      return { release: id, list: recommender.forBasket(request.body) };
    },
  );

  app.post(
    "/v1/recommendations/session",
    {
      serializerCompiler,
      schema: {
        operationId: "recommendForSession",
        summary: "Items for what a visitor has looked at",
        description:
          "`items` in the order they were looked at, the last one last; with `sessionId` or `visitorId` after the events posted under it, and then `items` may be missing.",
        tags,
        body: SessionBody,
        response,
      },
    },
    (request) => {
      const { id, recommender } = releaseOf(request);
      const { visitorId, sessionId, ...body } = request.body;
      if (body.items === undefined && visitorId === undefined && sessionId === undefined) {
        const message = "items is missing; add it, or a visitorId or sessionId that events were posted under.";
        throw fail("REQUEST_INVALID", message, { errors: [{ pointer: "/items", message }] });
      }
      return { release: id, list: recommender.forSession({ recent: recall(request, request.body), ...body }) };
    },
  );

  app.post(
    "/v1/recommendations/rank",
    {
      serializerCompiler,
      schema: {
        operationId: "rankItems",
        summary: "Order a list of items for a shopper",
        description:
          "`candidates` ordered by what was looked at (`items`, posted events), else by the customer's history, then by what is popular, then as given. What fails a filter is removed and named.",
        tags,
        body: RankBody,
        response: { 200: asWritten(RankingSchema), ...PROBLEM_RESPONSES },
      },
    },
    (request) => {
      const { id, recommender } = releaseOf(request);
      const { visitorId: _visitor, sessionId: _session, ...body } = request.body;
      return { release: id, list: recommender.rank({ recent: recall(request, request.body), ...body }) };
    },
  );
}
