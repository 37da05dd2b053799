import { defineConfig } from "vitest/config";
import { ClosingLineReporter } from "./scripts/closing-line-reporter.ts";

/** Nightly runs the same suite with longer property runs and more fault rounds. */
const nightly = process.env["TRADEWIND_TEST_PROFILE"] === "nightly";

const shared = {
  environment: "node",
  globalSetup: "./scripts/build-kernels.mjs",
  testTimeout: nightly ? 600_000 : 30_000,
  hookTimeout: nightly ? 600_000 : 60_000,
} as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ["default", new ClosingLineReporter()],
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["src/**/*.test.ts", "dashboards/web/**/*.test.ts", "scripts/**/*.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "system",
          include: ["test/**/*.test.ts"],
          globalSetup: [shared.globalSetup, "./test/support/demo-folder.ts"],
          testTimeout: nightly ? 1_800_000 : 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
