/** A stop condition: asked between iterations, answers whether to end now. Small and composable. */
export interface Stop {
  shouldStop(iteration: number): boolean;
}

export function maxIterations(limit: number): Stop {
  return { shouldStop: (iteration) => iteration >= limit };
}

/** Ends when `nowMs()` has advanced by `budgetMs`; the clock is injected so that methods stay pure. */
export function maxRuntime(budgetMs: number, nowMs: () => number): Stop {
  const endMs = nowMs() + budgetMs;
  return { shouldStop: () => nowMs() >= endMs };
}

export function anyOf(...stops: readonly Stop[]): Stop {
  return { shouldStop: (iteration) => stops.some((stop) => stop.shouldStop(iteration)) };
}
