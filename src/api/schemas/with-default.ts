import { Type, type TSchema } from "@fastify/type-provider-typebox";

/** An input that callers may leave out; handlers always see a value, since the default is put in before they run. */
export function withDefault<Schema extends TSchema>(schema: Schema): Schema {
  return Type.Optional(schema);
}
