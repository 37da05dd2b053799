import { Type, type TSchema, type TUnsafe } from "@fastify/type-provider-typebox";
import type { FastifySerializerCompiler } from "fastify";
import type { Ranking, Recommendation, TextPart } from "../../models/recommendation/recommender.ts";

/** What a route of the recommendations answers. */
export interface WrittenAnswer {
  readonly release: string;
  readonly list: Recommendation & Partial<Pick<Ranking, "removed">>;
  readonly experiment?: string;
  readonly variant?: string;
  readonly exposureId?: string;
}

/** The answer as JSON; its items as the release has written them, at half the cost of any serializer that sees them anew. */
export function writeRecommendation({ release, list, experiment, variant, exposureId }: WrittenAnswer): string {
  const { asOf, store, market, strategy, level, ignored, removed } = list;
  const head = {
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
  const parts: TextPart[] = [JSON.stringify(head).slice(0, -1), ',"items":'];
  list.writeItems(parts);
  parts.push("}");
  return parts.join("");
}

/** The schema of what is sent, for handlers that return what it is written from. */
export function asWritten(schema: TSchema): TUnsafe<WrittenAnswer> {
  return Type.Unsafe<WrittenAnswer>(schema);
}

/** For the routes whose 200 is a recommendation. */
export const compileRecommendationSerializer: FastifySerializerCompiler<unknown> = ({ httpStatus }) => {
  if (httpStatus !== "200") return (payload) => JSON.stringify(payload);
  // The handlers of these routes return nothing else.
  return (payload) => writeRecommendation(payload as WrittenAnswer);
};
