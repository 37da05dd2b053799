import { fail } from "../../core/errors.ts";

/** Forms in which figures leave the server. */
export const METRIC_MEDIA_TYPES = {
  json: "application/json",
  csv: "text/csv",
  arrow: "application/vnd.apache.arrow.stream",
} as const;

export type MetricFormat = keyof typeof METRIC_MEDIA_TYPES;

const FORMATS = Object.keys(METRIC_MEDIA_TYPES) as MetricFormat[]; // The keys of the object above.

interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

/**
 * The format that an Accept header likes best; JSON without a preference.
 * Throws `REQUEST_NOT_ACCEPTABLE` when it accepts none of ours.
 */
export function negotiateFormat(accept: string | undefined): MetricFormat {
  if (accept === undefined || accept.trim() === "") return "json";
  const ranges = accept.split(",").map(parseRange);
  const qualities = FORMATS.map((format) => qualityOf(METRIC_MEDIA_TYPES[format], ranges));
  const best = Math.max(...qualities);
  const format = FORMATS[qualities.indexOf(best)];
  if (format !== undefined && best > 0) return format;
  const known = Object.values(METRIC_MEDIA_TYPES).join(", ");
  throw fail("REQUEST_NOT_ACCEPTABLE", `accept is "${accept.slice(0, 60)}"; ask for one of ${known}.`);
}

function parseRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = Number(parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? 1);
  return { type, quality: Number.isNaN(quality) ? 0 : quality };
}

/** The most specific range that covers the type decides (RFC 9110, 12.5.1). */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  for (const candidate of [type, `${type.split("/", 1)[0]}/*`, "*/*"]) {
    const range = ranges.find((entry) => entry.type === candidate);
    if (range !== undefined) return range.quality;
  }
  return 0;
}
