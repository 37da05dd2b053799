import { LOCALES } from "../text/format.ts";
import type { Language } from "../text/messages.ts";

const DAY = 86_400;
/** From here on seconds are taken for an instant since 1970 rather than for a time of day. */
const INSTANT = 366 * DAY;

/** A time of VROOM's clock: `09:30`, a later day as `+1 09:30`, an instant with its date (UTC). */
export function formatClock(seconds: number, language: Language): string {
  if (seconds >= INSTANT) {
    const format = new Intl.DateTimeFormat(LOCALES[language], {
      dateStyle: "short",
      timeStyle: "short",
      timeZone: "UTC",
    });
    return format.format(new Date(seconds * 1000));
  }
  const day = Math.floor(seconds / DAY);
  const minutes = Math.floor((seconds % DAY) / 60);
  const time = `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return day === 0 ? time : `+${day} ${time}`;
}

/** `45 secs`, `12 mins`, `3 hrs 05`. */
export function formatSpan(seconds: number, language: Language): string {
  const unit = (value: number, name: "second" | "minute" | "hour"): string =>
    new Intl.NumberFormat(LOCALES[language], { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  if (seconds < 120) return unit(Math.round(seconds), "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return unit(minutes, "minute");
  return `${unit(Math.floor(minutes / 60), "hour")} ${pad(minutes % 60)}`;
}

export function formatMetres(metres: number, language: Language): string {
  const isShort = metres < 1000;
  return new Intl.NumberFormat(LOCALES[language], {
    style: "unit",
    unit: isShort ? "meter" : "kilometer",
    unitDisplay: "short",
    maximumFractionDigits: isShort || metres >= 100_000 ? 0 : 1,
  }).format(isShort ? metres : metres / 1000);
}

export function formatNumber(
  value: number,
  language: Language,
  digits = 0,
  signDisplay: "auto" | "always" = "auto",
): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits, signDisplay }).format(value);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
