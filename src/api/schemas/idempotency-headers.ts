import { Type } from "@fastify/type-provider-typebox";

/** Of every POST that creates work. */
export const IDEMPOTENCY_HEADERS = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        "A text of your own, new for each new request. Sending it again within a day repeats the first answer.",
    }),
  ),
});
