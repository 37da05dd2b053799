import { Type } from "@fastify/type-provider-typebox";

/** A text or null, in one `type` so that serializing needs no trial of alternatives. */
export const nullableText = (description?: string) =>
  Type.Unsafe<string | null>({ type: ["string", "null"], ...(description === undefined ? {} : { description }) });

/** Which release an answer was made from and how far its data goes. */
export const STAMP = {
  release: Type.String({ description: "Id of the release the answer was made from." }),
  asOf: Type.String({ description: "Last day of its data, YYYY-MM-DD." }),
};

/** The same where an answer exists without a release. */
export const STAMP_OR_NULL = {
  release: nullableText("Id of the release being served; null before the first one."),
  asOf: nullableText("Last day of its data, YYYY-MM-DD."),
};
