import { Type } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import type { Recommendation } from "../../models/recommendation/recommender.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { ITEM_IDS, RECOMMENDATION_INPUT, RecommendationSchema } from "../schemas/recommendation-schema.ts";

const CLOSED = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 200 });
const Query = Type.Object(RECOMMENDATION_INPUT, CLOSED);
const ItemsBody = Type.Object({ ...RECOMMENDATION_INPUT, items: ITEM_IDS }, CLOSED);
const response = { 200: RecommendationSchema, ...PROBLEM_RESPONSES };
const tags = ["recommendations"];
const config = { cacheControl: CACHE_FOR_A_MINUTE };

/** Which items to show: to a customer, beside an item, with a basket, in a session, to anybody. */
export function recommendationRoutes(app: ApiServer): void {
  app.get(
    "/v1/recommendations/customers/:id",
    {
      config,
      schema: {
        operationId: "recommendForCustomer",
        summary: "Items for a customer",
        description: "A customer the release does not know gets what is popular in the market; `strategy` says so.",
        tags,
        params: Type.Object({ id: Id }, CLOSED),
        querystring: Query,
        response,
      },
    },
    (request) => {
      const { recommender } = releaseOf(request);
      return answer(request, recommender.forCustomer({ customerId: request.params.id, ...request.query }));
    },
  );

  app.get(
    "/v1/recommendations/items/:id/similar",
    {
      config,
      schema: {
        operationId: "recommendSimilarItems",
        summary: "Items bought together with an item",
        tags,
        params: Type.Object({ id: Id }, CLOSED),
        querystring: Query,
        response,
      },
    },
    (request) => {
      const { recommender } = releaseOf(request);
      return answer(request, recommender.similar({ itemId: request.params.id, ...request.query }));
    },
  );

  app.post(
    "/v1/recommendations/basket",
    {
      schema: {
        operationId: "recommendForBasket",
        summary: "Items that go with a basket",
        tags,
        body: ItemsBody,
        response,
      },
    },
    (request) => answer(request, releaseOf(request).recommender.forBasket(request.body)),
  );

  app.post(
    "/v1/recommendations/session",
    {
      schema: {
        operationId: "recommendForSession",
        summary: "Items for what a visitor has looked at",
        description: "`items` in the order they were looked at, the last one last.",
        tags,
        body: ItemsBody,
        response,
      },
    },
    (request) => answer(request, releaseOf(request).recommender.forBasket(request.body)),
  );

  app.get(
    "/v1/recommendations/popular",
    {
      config,
      schema: {
        operationId: "recommendPopularItems",
        summary: "What sells best in a market",
        tags,
        querystring: Query,
        response,
      },
    },
    (request) => answer(request, releaseOf(request).recommender.popular(request.query)),
  );
}

function answer(request: FastifyRequest, recommendation: Recommendation) {
  return { release: releaseOf(request).id, ...recommendation };
}
