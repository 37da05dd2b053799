import { Piscina } from "piscina";
import type { LeadTimeDemand } from "../../algorithms/inventory/lead-time-demand.ts";
import type { ReviewRule } from "../../algorithms/inventory/walk-stock-rules.ts";
import {
  type CalibrationTask,
  inlineCalibrator,
  type StockCalibrator,
} from "../../models/inventory/calibrate-stock.ts";

/** From sources the worker is TypeScript and needs tsx; compiled it is plain JavaScript. */
const isSource = import.meta.url.endsWith(".ts");
const WORKER = new URL(`../../models/inventory/calibrate-stock-worker.${isSource ? "ts" : "js"}`, import.meta.url);
/** Product weeks that take a few milliseconds: less than what it costs to hand them over. */
const INLINE_WEEKS = 2000;

/** Calibrates in one worker thread, so that no other request waits for it; it starts with the first task and ends when idle. */
export function createStockCalibrator(): StockCalibrator & { close(): Promise<void> } {
  const pool = new Piscina({
    filename: WORKER.href,
    // The export that a new thread looks for; each task names its own.
    name: "walkRules",
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 10_000,
    ...(isSource ? { execArgv: ["--import", "tsx"] } : {}),
  });
  const isSmall = ({ history }: CalibrationTask): boolean => history.length <= INLINE_WEEKS;
  return {
    walkRules: async (task) => {
      if (isSmall(task)) return inlineCalibrator.walkRules(task);
      // The worker answers with nothing else.
      return (await pool.run(task, { name: "walkRules" })) as readonly ReviewRule[];
    },
    fitDemand: async (task) => {
      if (isSmall(task)) return inlineCalibrator.fitDemand(task);
      // The worker answers with nothing else.
      return (await pool.run(task, { name: "fitDemand" })) as LeadTimeDemand | undefined;
    },
    close: () => pool.destroy(),
  };
}
