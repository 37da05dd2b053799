import type { FastifySerializerCompiler } from "fastify";
import type { Ranking, Recommendation } from "../../models/recommendation/recommender.ts";
import { writeItems } from "../../models/recommendation/serving/items-text.ts";

/** What a route of the recommendations answers; properties beside these are not written. */
export type WrittenAnswer = Recommendation & {
  readonly release: string;
  readonly experiment?: string;
  readonly variant?: string;
  readonly exposureId?: string;
} & Partial<Pick<Ranking, "removed">>;

/** The answer as JSON; its items as the release has written them, at half the cost of any serializer that sees them anew. */
export function writeRecommendation(answer: WrittenAnswer): string {
  const { release, asOf, store, market, strategy, level, experiment, variant, exposureId, ignored, removed } = answer;
  const rest = {
    release,
    asOf,
    store,
    market,
    strategy,
    level,
    experiment,
    variant,
    exposureId,
    ignored,
    removed,
  };
  return `${JSON.stringify(rest).slice(0, -1)},"items":${writeItems(answer.items)}}`;
}

/** For the routes whose 200 is a recommendation. */
export const compileRecommendationSerializer: FastifySerializerCompiler<unknown> = ({ httpStatus }) => {
  if (httpStatus !== "200") return (payload) => JSON.stringify(payload);
  // The handlers of these routes return nothing else.
  return (payload) => writeRecommendation(payload as WrittenAnswer);
};
