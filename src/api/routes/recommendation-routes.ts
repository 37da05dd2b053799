import { type Static, Type } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { randomUUID } from "node:crypto";
import { toIsoDate } from "../../core/dates.ts";
import { fail } from "../../core/errors.ts";
import type { Candidate } from "../../models/experiments/experiment.ts";
import { enrolCustomer } from "../../models/experiments/enrol-customer.ts";
import type { Recommendation, Recommender } from "../../models/recommendation/recommender.ts";
import type { Boost, ModelChoice } from "../../models/recommendation/serving/knobs.ts";
import type { ApiServer } from "../api-server.ts";
import type { AppOptions } from "../app-options.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { MODEL_KNOB, PURCHASE_KNOBS, QUERY_KNOBS } from "../schemas/recommendation-knobs.ts";
import { RecommendationSchema } from "../schemas/recommendation-schema.ts";
import { asWritten, compileRecommendationSerializer, type WrittenAnswer } from "../schemas/write-recommendation.ts";

const CLOSED = { additionalProperties: false } as const;
const Params = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) }, CLOSED);
const Query = Type.Object(QUERY_KNOBS, CLOSED);
const SimilarQuery = Type.Object({ ...QUERY_KNOBS, ...MODEL_KNOB }, CLOSED);
const CustomerQuery = Type.Object({ ...QUERY_KNOBS, ...PURCHASE_KNOBS, ...MODEL_KNOB }, CLOSED);
const ViewedQuery = Type.Object({ ...QUERY_KNOBS, ...PURCHASE_KNOBS }, CLOSED);
const BuyAgainQuery = Type.Object({ ...QUERY_KNOBS, coolDownDays: PURCHASE_KNOBS.coolDownDays }, CLOSED);
const Window = Type.Optional(
  Type.Enum(["7", "30", "90"], { description: "Days of sales that count. Missing: all, the older the less." }),
);
const response = { 200: asWritten(RecommendationSchema), ...PROBLEM_RESPONSES };
const tags = ["recommendations"];
// Lists of a customer change with what the customer does and are not cached.
const config = { cacheControl: CACHE_FOR_A_MINUTE };
const serializerCompiler = compileRecommendationSerializer;

/** Which items to show that need no body: to a customer, beside an item, to anybody. */
export function recommendationRoutes(
  app: ApiServer,
  {
    liveEvents,
    experiments,
    exposureLog,
    clock,
  }: Pick<AppOptions, "liveEvents" | "experiments" | "exposureLog" | "clock">,
): void {
  /** The request as the recommender takes it, with what the customer has just done. */
  const forCustomer = <Q extends { boost?: string[]; store?: string }>(
    request: FastifyRequest,
    customerId: string,
    query: Q,
  ) => {
    const store = releaseOf(request).recommender.storeOf(query.store);
    const recent = liveEvents.recall({ store, customerId });
    // What is spread comes last: properties added to a copy make a new shape in the old generation, each time.
    return { customerId, recent, boosts: readBoosts(query.boost), ...query };
  };

  /** What each candidate would have shown in place of the list. */
  const listCandidates = (
    request: FastifyRequest<{ Querystring: Static<typeof CustomerQuery> }>,
    customerId: string,
    candidates: readonly Candidate[],
  ): Record<string, string[]> => {
    const { recommender } = releaseOf(request);
    // A list by a model that the release does not hold would be another one's.
    const held = candidates.filter(({ settings }) => isPublished(recommender, settings.model));
    const lists = held.map(({ id, settings }) => {
      const { items } = recommender.forCustomer(forCustomer(request, customerId, { ...request.query, ...settings }));
      return [id, items.map(({ itemId }) => itemId)] as const;
    });
    return Object.fromEntries(lists);
  };

  app.get(
    "/v1/recommendations/customers/:id",
    {
      serializerCompiler,
      schema: {
        operationId: "recommendForCustomer",
        summary: "Items for a customer",
        description: "A customer the release does not know gets what is popular in the market; `level` says so.",
        tags,
        params: Params,
        querystring: CustomerQuery,
        response,
      },
    },
    (request) => {
      const { recommender } = releaseOf(request);
      const { id } = request.params;
      requirePublished(recommender, request.query.model);
      const enrolment = enrolCustomer(experiments, toIsoDate(clock.now()), id, request.query);
      if (enrolment === undefined)
        return answer(request, recommender.forCustomer(forCustomer(request, id, request.query)));
      const { experiment, variant, settings, propensity, exploration, candidates } = enrolment;
      const exposureId = randomUUID();
      const explorationSeed = request.query.seed ?? Number.parseInt(exposureId.slice(0, 8), 16);
      const asked = forCustomer(request, id, { ...request.query, ...settings });
      const list = recommender.forCustomer({ exploration, explorationSeed, ...asked });
      const store = recommender.storeOf(request.query.store);
      const itemIds = list.items.map(({ itemId }) => itemId);
      const shown = {
        exposureId,
        store,
        experiment,
        variant,
        customerId: id,
        shownAt: clock.now(),
        itemIds,
        propensity,
        ...(exploration === undefined ? {} : { itemPropensities: list.items.map((item) => item.propensity ?? 1) }),
        ...(candidates.length === 0 ? {} : { candidateLists: listCandidates(request, id, candidates) }),
      };
      // A shelf is neither late nor empty because the disk is slow or full.
      exposureLog.append(shown).catch((error: unknown) => request.log.error({ err: error }, "exposure.lost"));
      return { experiment, variant, exposureId, ...answer(request, list) };
    },
  );

  app.get(
    "/v1/recommendations/customers/:id/buy-again",
    {
      serializerCompiler,
      schema: {
        operationId: "recommendToBuyAgain",
        summary: "What a customer bought before and may need again",
        description: "By how often and how recently it was bought; then as for the customer, and `level` says so.",
        tags,
        params: Params,
        querystring: BuyAgainQuery,
        response,
      },
    },
    (request) => {
      const { recommender } = releaseOf(request);
      return answer(request, recommender.buyAgain(forCustomer(request, request.params.id, request.query)));
    },
  );

  app.get(
    "/v1/recommendations/customers/:id/recently-viewed",
    {
      serializerCompiler,
      schema: {
        operationId: "recommendRecentlyViewed",
        summary: "What a customer looked at last",
        description: "Events of this process and those of the release under this visitor id; then as for the customer.",
        tags,
        params: Params,
        querystring: ViewedQuery,
        response,
      },
    },
    (request) => {
      const { recommender } = releaseOf(request);
      return answer(request, recommender.recentlyViewed(forCustomer(request, request.params.id, request.query)));
    },
  );

  app.get(
    "/v1/recommendations/items/:id/similar",
    {
      serializerCompiler,
      config,
      schema: {
        operationId: "recommendSimilarItems",
        summary: "Items bought together with an item",
        tags,
        params: Params,
        querystring: SimilarQuery,
        response,
      },
    },
    (request) => {
      const { recommender } = releaseOf(request);
      requirePublished(recommender, request.query.model);
      return answer(request, recommender.similar({ itemId: request.params.id, ...readKnobs(request.query) }));
    },
  );

  app.get(
    "/v1/recommendations/popular",
    {
      serializerCompiler,
      config,
      schema: {
        operationId: "recommendPopularItems",
        summary: "What sells best in a market",
        tags,
        querystring: Type.Object({ ...QUERY_KNOBS, window: Window }, CLOSED),
        response,
      },
    },
    (request) => {
      const { window: days, ...query } = request.query;
      const window = days === undefined ? undefined : WINDOWS[days];
      return answer(request, releaseOf(request).recommender.popular({ window, ...readKnobs(query) }));
    },
  );

  app.get(
    "/v1/recommendations/trending",
    {
      serializerCompiler,
      config,
      schema: {
        operationId: "recommendTrendingItems",
        summary: "What sells more than it did",
        description: "Units of the last 7 days against the 28 before them, in standard deviations of chance.",
        tags,
        querystring: Query,
        response,
      },
    },
    (request) => answer(request, releaseOf(request).recommender.trending(readKnobs(request.query))),
  );
}

function isPublished(recommender: Recommender, model: ModelChoice | undefined): boolean {
  return model === undefined || recommender.models().includes(model);
}

/** A model that the release does not hold is not silently another one. */
function requirePublished(recommender: Recommender, model: ModelChoice | undefined): void {
  if (isPublished(recommender, model)) return;
  const message = `must be one of ${recommender.models().join(", ")}, which this release holds`;
  throw fail("REQUEST_INVALID", `model is ${String(model)}; it ${message}.`, {
    errors: [{ pointer: "/model", message }],
  });
}

const WINDOWS = { 7: 7, 30: 30, 90: 90 } as const;

function readKnobs<Q extends { boost?: string[] }>(query: Q): Q & { boosts: Boost[] | undefined } {
  return { boosts: readBoosts(query.boost), ...query };
}

/** `item:A:1.5` becomes { itemId: "A", factor: 1.5 }; the schema has checked the form. */
function readBoosts(boost: readonly string[] | undefined): Boost[] | undefined {
  return boost?.map((text) => {
    const [from, to] = [text.indexOf(":"), text.lastIndexOf(":")];
    const factor = Number(text.slice(to + 1));
    const name = text.slice(from + 1, to);
    return text.startsWith("item:") ? { itemId: name, factor } : { category: name, factor };
  });
}

function answer(request: FastifyRequest, list: Recommendation): WrittenAnswer {
  return { release: releaseOf(request).id, list };
}
