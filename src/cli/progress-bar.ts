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

/** Shows a run step by step: a bar for each running step, redrawn in place on a terminal, plain lines elsewhere. */
export function createProgressDisplay(
  stream: Terminal["stderr"],
  monotonicMs: () => number = () => performance.now(),
): ProgressDisplay {
  return stream.isTTY === true ? createBar(stream, monotonicMs) : createLines(stream);
}

function createBar(stream: Terminal["stderr"], monotonicMs: () => number): ProgressDisplay {
  const running = new Map<string, { readonly progress: RunProgress; readonly startMs: number }>();
  let linesDrawn = 0;
  /** Wipes what is drawn; the cursor is where it began. */
  const wipe = (): string => "\r\u001b[2K" + "\u001b[1A\u001b[2K".repeat(Math.max(0, linesDrawn - 1));
  const draw = (ended = ""): void => {
    if (running.size === 0 && ended === "") return;
    const lines = [...running.values()].map(({ progress, startMs }) =>
      renderBar({ ...progress, durationMs: monotonicMs() - startMs }).slice(0, (stream.columns ?? 80) - 1),
    );
    stream.write(`${wipe()}${ended}${lines.join("\n")}`);
    linesDrawn = lines.length;
  };
  // Steps that cannot say how far they are still show that time passes.
  const timer = setInterval(() => draw(), REDRAW_MS);
  timer.unref();
  return {
    listen: (progress) => {
      const { step, state } = progress;
      if (state === "working" || state === "started") {
        const startMs = state === "started" ? undefined : running.get(step)?.startMs;
        running.set(step, { progress, startMs: startMs ?? monotonicMs() });
        if (state === "started") draw();
        return;
      }
      running.delete(step);
      draw(`${renderEnd(progress)}\n`);
    },
    close: () => {
      clearInterval(timer);
      if (running.size > 0) stream.write("\n");
    },
  };
}

function createLines(stream: Terminal["stderr"]): ProgressDisplay {
  const lastLineMs = new Map<string, number>();
  return {
    listen: (progress) => {
      const { step, state, durationMs } = progress;
      if (state === "working") {
        if (durationMs - (lastLineMs.get(step) ?? 0) < PLAIN_LINE_MS) return;
        lastLineMs.set(step, durationMs);
        stream.write(`${renderBar(progress)}\n`);
        return;
      }
      lastLineMs.delete(step);
      if (state !== "started") stream.write(`${renderEnd(progress)}\n`);
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
