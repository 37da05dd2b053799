import type { ECharts, EChartsCoreOption } from "echarts/core";
import { useEffect, useRef, useState } from "preact/hooks";

import { announce } from "../state/announcer.ts";
import { text } from "../state/text.ts";
import { theme } from "../state/theme.ts";
import { readChartLook, type ChartLook } from "./chart-look.ts";

/** A chart that arrow keys can walk through: which series to point at and what each point says. */
export interface KeyboardPoints {
  readonly seriesIndex: number;
  readonly spoken: readonly string[];
}

/** Room of one horizontal bar with its gap: what it needs, and what it takes where the card is taller. */
const BAR_ROW_PX = { least: 28, most: 52 } as const;

interface ChartProps {
  /** What the chart shows, in words. */
  readonly summary: string;
  readonly size: "trend" | "bar" | "map";
  /** Height of bars grows with their number. */
  readonly rows?: number;
  readonly build: (look: ChartLook) => EChartsCoreOption;
  readonly keyboard?: KeyboardPoints;
}

/** One ECharts drawing. The library is loaded with the first chart, after the numbers are on screen. */
export function Chart({ summary, size, rows, build, keyboard }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts>();
  const cursor = useRef(-1);
  const themeOnScreen = theme.value;

  useEffect(() => {
    let drawn: ECharts | undefined;
    let isGone = false;
    const watcher = new ResizeObserver(() => {
      // A chart without a size, as on a page that is being left, has no scale to compute: maps would fail.
      const { clientWidth = 0, clientHeight = 0 } = host.current ?? {};
      if (clientWidth > 0 && clientHeight > 0) drawn?.resize();
    });
    const start = async (): Promise<void> => {
      const { init } = await import("./echarts.ts");
      if (isGone || host.current === null) return;
      drawn = init(host.current, null, { renderer: "svg" });
      watcher.observe(host.current);
      setChart(drawn);
    };
    void start();
    return () => {
      isGone = true;
      watcher.disconnect();
      drawn?.dispose();
    };
  }, []);

  useEffect(() => {
    if (chart === undefined || host.current === null) return;
    chart.setOption(build(readChartLook(host.current)), { notMerge: true });
    cursor.current = -1;
  }, [chart, build, themeOnScreen]);

  const walk = (event: KeyboardEvent): void => {
    if (keyboard === undefined || chart === undefined) return;
    const last = keyboard.spoken.length - 1;
    const next = nextIndex(event.key, cursor.current, last);
    if (next === undefined) return;
    event.preventDefault();
    cursor.current = next;
    chart.dispatchAction({ type: "showTip", seriesIndex: keyboard.seriesIndex, dataIndex: next });
    announce(keyboard.spoken[next] ?? "");
  };

  return (
    <div
      ref={host}
      class={`chart chart-${size}`}
      {...(rows === undefined ? {} : { style: barHeights(rows) })}
      role="img"
      aria-label={keyboard === undefined ? summary : `${summary} ${text("chart.keys")}`}
      tabIndex={0}
      onKeyDown={walk}
      onBlur={() => chart?.dispatchAction({ type: "hideTip" })}
    />
  );
}

function barHeights(rows: number): { readonly minHeight: string; readonly maxHeight: string } {
  return { minHeight: `${rows * BAR_ROW_PX.least + 8}px`, maxHeight: `${rows * BAR_ROW_PX.most + 8}px` };
}

/** Where a key leads; undefined for keys that mean nothing here. */
function nextIndex(key: string, current: number, last: number): number | undefined {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(current + 1, last);
    case "ArrowLeft":
    case "ArrowUp":
      return current < 0 ? last : Math.max(current - 1, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return undefined;
  }
}
