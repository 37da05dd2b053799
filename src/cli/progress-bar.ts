import type { RunProgress, RunProgressListener } from "../jobs/graph/run-progress.ts";
import type { Terminal } from "./command.ts";
import { renderDuration } from "./render-duration.ts";

const BAR_CELLS = 24;
const REDRAW_MS = 200;
/** Without a terminal to redraw on, a long step says where it is this often. */
const PLAIN_LINE_MS = 10_000;

export interface ProgressDisplay {
  readonly listen: RunProgressListener;
  /** Ends the line that is being drawn. */
  close(): void;
}

/** Shows a run step by step: a bar that is redrawn in place on a terminal, plain lines elsewhere. */
export function createProgressDisplay(
  stream: Terminal["stderr"],
  monotonicMs: () => number = () => performance.now(),
): ProgressDisplay {
  return stream.isTTY === true ? createBar(stream, monotonicMs) : createLines(stream);
}

function createBar(stream: Terminal["stderr"], monotonicMs: () => number): ProgressDisplay {
  let current: RunProgress | undefined;
  let startMs = 0;
  const draw = (): void => {
    if (current === undefined) return;
    const line = renderBar({ ...current, durationMs: monotonicMs() - startMs });
    stream.write(`\r\u001b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
  };
  // Steps that cannot say how far they are still show that time passes.
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  return {
    listen: (progress) => {
      if (progress.state === "started") startMs = monotonicMs();
      if (progress.state === "started" || progress.state === "working") {
        current = progress;
        if (progress.state === "started") draw();
        return;
      }
      current = undefined;
      stream.write(`\r\u001b[2K${renderEnd(progress)}\n`);
    },
    close: () => {
      clearInterval(timer);
      if (current !== undefined) stream.write("\n");
    },
  };
}

function createLines(stream: Terminal["stderr"]): ProgressDisplay {
  let lastLineMs = 0;
  return {
    listen: (progress) => {
      if (progress.state === "started") {
        lastLineMs = 0;
        return;
      }
      if (progress.state === "working") {
        if (progress.durationMs - lastLineMs < PLAIN_LINE_MS) return;
        lastLineMs = progress.durationMs;
        stream.write(`${renderBar(progress)}\n`);
        return;
      }
      stream.write(`${renderEnd(progress)}\n`);
    },
    close: () => {},
  };
}

export function renderBar({ step, label, done, total, durationMs }: RunProgress): string {
  const share = total > 0 ? Math.min(1, done / total) : undefined;
  const filled = Math.round((share ?? 0) * BAR_CELLS);
  const bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
  const percent = share === undefined ? "    " : `${Math.floor(share * 100)}%`.padStart(4);
  return `… ${step.padEnd(22)} ${bar} ${percent}  ${renderDuration(durationMs).padEnd(8)} ${label}`.trimEnd();
}

const END_MARKS = { succeeded: "✔", skipped: "–", retrying: "↻", failed: "✘", started: "…", working: "…" } as const;

function renderEnd({ step, state, label, durationMs }: RunProgress): string {
  const time = state === "skipped" ? "skipped" : renderDuration(durationMs);
  return `${END_MARKS[state]} ${step.padEnd(22)} ${time.padEnd(9)} ${label}`.trimEnd();
}
