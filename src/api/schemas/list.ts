import { Type } from "@fastify/type-provider-typebox";

/** An array in an answer; handlers fill it with readonly data. */
export const list = <T>(items: object, description?: string) =>
  Type.Unsafe<readonly T[]>({ type: "array", items, ...(description === undefined ? {} : { description }) });
