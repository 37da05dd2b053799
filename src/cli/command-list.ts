import type { Command } from "./command.ts";
import { backtestForecastCommand } from "./commands/backtest-forecast.ts";
import { backtestRecommendCommand } from "./commands/backtest-recommend.ts";
import { backtestHierarchyCommand } from "./commands/backtest-hierarchy.ts";
import { datasetsCommand } from "./commands/datasets.ts";
import { ingestReplayCommand } from "./commands/ingest-replay.ts";
import { ingestCommand } from "./commands/ingest.ts";
import { nightlyCommand } from "./commands/nightly.ts";
import { releasesCurrentCommand } from "./commands/releases-current.ts";
import { releasesListCommand } from "./commands/releases-list.ts";
import { releasesRollbackCommand } from "./commands/releases-rollback.ts";
import { releasesVerifyCommand } from "./commands/releases-verify.ts";
import { routeCheckCommand } from "./commands/route-check.ts";
import { routeSolveCommand } from "./commands/route-solve.ts";
import { runsListCommand } from "./commands/runs-list.ts";
import { runsShowCommand } from "./commands/runs-show.ts";
import { serveCommand } from "./commands/serve.ts";
import { sourcesCommand } from "./commands/sources.ts";
import { startCommand } from "./commands/start.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  ingestCommand,
  ingestReplayCommand,
  nightlyCommand,
  serveCommand,
  runsListCommand,
  runsShowCommand,
  releasesListCommand,
  releasesCurrentCommand,
  releasesVerifyCommand,
  releasesRollbackCommand,
  routeSolveCommand,
  routeCheckCommand,
  backtestRecommendCommand,
  backtestForecastCommand,
  backtestHierarchyCommand,
  datasetsCommand,
  sourcesCommand,
];
