import { useMemo } from "preact/hooks";

import { requestJson } from "../api/request-json.ts";
import { Chart } from "../charts/chart.tsx";
import { LoadedCard } from "../parts/loaded-card.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { formatDay, formatValue } from "../text/format.ts";
import { buildFanOption, type FanPoint } from "./fan-option.ts";
import type { ForecastAnswer } from "./inventory-types.ts";

/** What sold and what is expected of one product or of all, with the ranges of 50, 80 and 95 in 100 outcomes. */
export function FanCard({ path, name }: { readonly path: string; readonly name: string }) {
  const forecast = useLoaded(path, () => requestJson<ForecastAnswer>(path));
  const points = useMemo(
    () => (forecast.value === undefined ? [] : listPoints(forecast.value)),
    [forecast.value, language.value],
  );
  const build = useMemo(() => buildFanOption.bind(undefined, points), [points]);
  return (
    <LoadedCard
      id="fan"
      title={text("stock.forecastOf", { name })}
      unit={
        forecast.value === undefined
          ? undefined
          : text(forecast.value.unit === "week" ? "stock.perWeek" : "stock.perDay", { method: forecast.value.method })
      }
      loaded={forecast}
      failed={text("stock.forecastFailed")}
      skeleton="chart"
    >
      {(answer) => (
        <>
          {answer.reason !== undefined && <p class="card-note">{answer.reason}</p>}
          <ul class="legend">
            <li class="key">{text("stock.sold")}</li>
            <li class="key key-partial">{text("stock.expected")}</li>
            {RANGES.map((share) => (
              <li key={share} class="legend-item">
                <span class={`swatch swatch-range-${share}`} aria-hidden="true" />
                {text(`stock.range${share}`)}
              </li>
            ))}
          </ul>
          <Chart
            size="trend"
            summary={text("stock.fanSummary", { name, steps: answer.points.length })}
            build={build}
            keyboard={{ seriesIndex: 0, spoken: points.map((point) => speak(point)) }}
          />
        </>
      )}
    </LoadedCard>
  );
}

const RANGES = [50, 80, 95] as const;

function listPoints({ history, points }: ForecastAnswer): FanPoint[] {
  const units = (value: number): string => formatValue(value, { unit: "count" }, language.value);
  const past = history.map(({ on, value }): FanPoint => ({
    axisLabel: formatDay(on, language.value, "axis"),
    actual: value,
    mean: null,
    bounds: undefined,
    tooltip: {
      title: formatDay(on, language.value),
      lines: [{ name: text("stock.sold"), value: units(value), kind: "now" }],
    },
  }));
  const ahead = points.map(({ on, mean, q025, q10, q25, q75, q90, q975 }): FanPoint => ({
    axisLabel: formatDay(on, language.value, "axis"),
    actual: null,
    mean,
    bounds: [q025, q10, q25, q75, q90, q975],
    tooltip: {
      title: formatDay(on, language.value),
      lines: [
        { name: text("stock.expected"), value: units(mean), kind: "now" },
        { name: text("stock.range50"), value: `${units(q25)} – ${units(q75)}`, kind: "before" },
        { name: text("stock.range80"), value: `${units(q10)} – ${units(q90)}`, kind: "before" },
        { name: text("stock.range95"), value: `${units(q025)} – ${units(q975)}`, kind: "before" },
      ],
    },
  }));
  return [...past, ...ahead];
}

function speak({ tooltip }: FanPoint): string {
  return [tooltip.title, ...tooltip.lines.map(({ name, value }) => `${name} ${value}`)].join(", ");
}
