import { useState } from "preact/hooks";

import type { IsoDate } from "../api-types.ts";
import { Dropdown } from "../parts/dropdown.tsx";
import { Icon } from "../parts/icon.tsx";
import { language } from "../state/address.ts";
import type { DayWindow } from "../state/date-window.ts";
import { DATE_PRESETS, type DateChoice } from "../state/page-state.ts";
import { text } from "../state/text.ts";
import { formatDay, formatPeriod } from "../text/format.ts";

interface DateRangeFilterProps {
  readonly dates: DateChoice;
  /** The days the choice stands for, as far as known. */
  readonly shown: DayWindow | undefined;
  readonly lastDay: IsoDate | null;
  readonly onChange: (dates: DateChoice) => void;
}

/** Presets counted back from the last day of data, or two days of one's own. */
export function DateRangeFilter({ dates, shown, lastDay, onChange }: DateRangeFilterProps) {
  const button = (
    <>
      <Icon name="calendar" />
      <span>{text(`range.${dates.preset}`)}</span>
      {shown !== undefined && <span class="control-detail">{formatPeriod(shown.from, shown.to, language.value)}</span>}
      <Icon name="chevron" />
    </>
  );
  return (
    <div class="filter">
      <span class="filter-label" aria-hidden="true">
        {text("filters.dateRange")}
      </span>
      <Dropdown
        button={button}
        buttonClass="control"
        label={`${text("filters.dateRange")}: ${text(`range.${dates.preset}`)}`}
      >
        {(close) => (
          <DateRangePanel
            dates={dates}
            shown={shown}
            lastDay={lastDay}
            onChange={(choice) => {
              onChange(choice);
              close();
            }}
          />
        )}
      </Dropdown>
    </div>
  );
}

function DateRangePanel({ dates, shown, lastDay, onChange }: DateRangeFilterProps) {
  const [from, setFrom] = useState(shown?.from ?? "");
  const [to, setTo] = useState(shown?.to ?? "");
  const isBackward = from !== "" && to !== "" && from > to;
  const apply = (event: Event): void => {
    event.preventDefault();
    if (from !== "" && to !== "" && !isBackward) onChange({ preset: "custom", from, to });
  };
  return (
    <div class="date-range">
      <ul class="choices">
        {DATE_PRESETS.map((preset) => (
          <li key={preset}>
            <button
              type="button"
              class="choice"
              aria-pressed={dates.preset === preset}
              onClick={() => onChange({ preset })}
            >
              <span>{text(`range.${preset}`)}</span>
              {dates.preset === preset && <Icon name="check" />}
            </button>
          </li>
        ))}
      </ul>
      {lastDay !== null && (
        <p class="hint">{text("range.hint", { day: formatDay(lastDay, language.value, "long") })}</p>
      )}
      <form class="own-dates" onSubmit={apply}>
        <label>
          <span class="filter-label">{text("filters.from")}</span>
          <input
            type="date"
            class="control"
            required
            value={from}
            onInput={(event) => setFrom(event.currentTarget.value)}
          />
        </label>
        <label>
          <span class="filter-label">{text("filters.to")}</span>
          <input
            type="date"
            class="control"
            required
            value={to}
            onInput={(event) => setTo(event.currentTarget.value)}
          />
        </label>
        {isBackward && (
          <p class="hint hint-fault" role="alert">
            {text("filters.fromAfterTo")}
          </p>
        )}
        <button type="submit" class="button button-primary" disabled={isBackward}>
          {text("filters.apply")}
        </button>
      </form>
    </div>
  );
}
