const CENSORED = "[redacted]";

/**
 * Makes a function that hides the values of `fields` at the top of a line, one level down and in the headers of its request.
 * A line without them, as nearly all are, is returned as it came: copying each costs an answer more than writing it.
 */
export function createCensor(fields: readonly string[]): (line: Record<string, unknown>) => Record<string, unknown> {
  const secret = new Set(fields);

  const censor = <T extends object>(value: T, depth: number): T => {
    let copy: Record<string, unknown> | undefined;
    for (const [name, part] of Object.entries(value)) {
      const shown = secret.has(name)
        ? CENSORED
        : isObject(part) && (depth > 0 || name === "headers")
          ? censor(part, depth - 1)
          : part;
      if (shown === part) continue;
      copy ??= copyOf(value);
      copy[name] = shown;
    }
    return (copy ?? value) as T;
  };
  return (line) => censor(line, 1);
}

/** Of the same kind: an error stays one, with its message and stack, which are not enumerable and may be read through it alone. */
function copyOf(value: object): Record<string, unknown> {
  const own = Object.entries(Object.getOwnPropertyDescriptors(value)).map(([name, { enumerable = false }]) => {
    const held: unknown = Reflect.get(value, name);
    return [name, { value: held, enumerable, writable: true, configurable: true }] as const;
  });
  return Object.create(Object.getPrototypeOf(value), Object.fromEntries(own)) as Record<string, unknown>;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
