/** JSON Schema of rules, shared by contracts and source mappings. */
const CONDITION = {
  type: "object",
  additionalProperties: false,
  minProperties: 1,
  properties: {
    in: { type: "array", items: { type: "string" }, minItems: 1 },
    startsWith: { type: "string", minLength: 1 },
    matches: { type: "string", minLength: 1 },
    below: { type: "number" },
    present: { type: "boolean" },
  },
} as const;

export const RULES_SCHEMA = {
  type: "array",
  items: {
    type: "object",
    additionalProperties: false,
    required: ["set", "when"],
    properties: {
      set: { type: "string", minLength: 1 },
      when: { type: "object", minProperties: 1, additionalProperties: CONDITION },
    },
  },
} as const;

/** Lower-case SQL identifiers: whatever passes may stand in generated SQL. */
export const IDENTIFIER = "^[a-z][a-z0-9_]{0,62}$";
