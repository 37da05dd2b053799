import { isBetterScore } from "./plan-board.ts";
import type { FoundRoutes, SearchOptions, SearchResult } from "./ruin-and-recreate.ts";

/** Searches that share one budget one after the other: the best plan of all so far, and the iterations done. */
export class BudgetPhases {
  best: FoundRoutes | undefined;
  done = 0;

  private readonly options: SearchOptions;

  constructor(options: SearchOptions) {
    this.options = options;
  }

  /** Share of the whole budget used, `further` iterations from here. */
  spent(further = 0): number {
    return this.options.spent(this.done + further);
  }

  /** Options of a search that has the budget from one share to another; it tells of what is better than all before. */
  between(from: number, to: number, startRoutes: SearchOptions["startRoutes"]): SearchOptions {
    const { options, done } = this;
    return {
      rng: options.rng,
      spent: (iteration) => (options.spent(done + iteration) - from) / (to - from),
      onImprovement: (score, iteration) => {
        if (this.best === undefined || isBetterScore(score, this.best))
          options.onImprovement?.(score, done + iteration);
      },
      ...(startRoutes === undefined ? {} : { startRoutes }),
    };
  }

  /** Counts a search that has ended. */
  take<T extends SearchResult>(found: T): T {
    this.done += found.iterations;
    if (this.best === undefined || isBetterScore(found, this.best)) this.best = found;
    return found;
  }
}
