import { setPriority } from "node:os";
import { isMainThread } from "node:worker_threads";

export { fitDemand, walkRules } from "./calibrate-stock.ts";

/** What the thread that answers requests needs comes first. Elsewhere than on Linux this would slow the whole process. */
if (!isMainThread && process.platform === "linux") setPriority(0, 10);
