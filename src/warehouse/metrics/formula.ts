/** A formula over named numbers, parsed once. null stands for "not known" and spreads; so does division by zero. */
export interface Formula {
  /** The names it reads, each once. */
  readonly names: readonly string[];
  evaluate(valueOf: (name: string) => number | null): number | null;
}

type Evaluate = Formula["evaluate"];

/**
 * Parses `+ - * /`, parentheses, numbers and metric names.
 * Throws an Error that says at which character the text stops making sense.
 */
export function parseFormula(text: string): Formula {
  const tokens = [...text.matchAll(/\s*([a-z_][a-z0-9_]*|\d+(?:\.\d+)?|[-+*/()]|\S)/g)].map((match) => ({
    text: match[1] ?? "",
    at: match.index + match[0].length - (match[1] ?? "").length,
  }));
  const names = new Set<string>();
  let next = 0;

  const accept = (...wanted: string[]): string | undefined => {
    const token = tokens[next];
    if (token === undefined || !wanted.includes(token.text)) return undefined;
    next++;
    return token.text;
  };
  const stop = (expected: string): Error => {
    const token = tokens[next];
    return new Error(
      token === undefined
        ? `ends where ${expected} is expected`
        : `has "${token.text}" at character ${token.at + 1} where ${expected} is expected`,
    );
  };

  const parseSum = (): Evaluate => {
    let left = parseProduct();
    for (let sign = accept("+", "-"); sign !== undefined; sign = accept("+", "-")) {
      left = combine(left, parseProduct(), sign === "+" ? (a, b) => a + b : (a, b) => a - b);
    }
    return left;
  };
  const parseProduct = (): Evaluate => {
    let left = parseAtom();
    for (let sign = accept("*", "/"); sign !== undefined; sign = accept("*", "/")) {
      left = combine(left, parseAtom(), sign === "*" ? (a, b) => a * b : divide);
    }
    return left;
  };
  const parseAtom = (): Evaluate => {
    if (accept("(") !== undefined) {
      const inner = parseSum();
      if (accept(")") === undefined) throw stop('")"');
      return inner;
    }
    const token = tokens[next];
    if (token !== undefined && /^\d/.test(token.text)) {
      next++;
      const number = Number(token.text);
      return () => number;
    }
    if (token !== undefined && /^[a-z_]/.test(token.text)) {
      next++;
      names.add(token.text);
      return (valueOf) => valueOf(token.text);
    }
    throw stop("a metric, a number or an opening parenthesis");
  };

  const evaluate = parseSum();
  if (next < tokens.length) throw stop("an operator");
  return { names: [...names], evaluate };
}

function combine(left: Evaluate, right: Evaluate, operate: (a: number, b: number) => number | null): Evaluate {
  return (valueOf) => {
    const a = left(valueOf);
    const b = right(valueOf);
    return a === null || b === null ? null : operate(a, b);
  };
}

/** Part of a whole; null where there is no whole. */
export function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
