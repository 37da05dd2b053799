import type { StockPlanner } from "./stock-planner.ts";
import { DEFAULT_TERMS } from "./stock-request.ts";

/** Learns ahead what the first to ask without terms would wait for. What fails here is tried again for whoever asks. */
export async function warmStockPlanner(planner: StockPlanner): Promise<void> {
  try {
    const store = planner.findStore(undefined);
    await planner.learnDemand(store, "", DEFAULT_TERMS);
    await planner.listRules(store, "", DEFAULT_TERMS);
  } catch {
    // A release without forecasts has nothing to learn from.
  }
}
