const MINUTE = 60;
const HOUR = 3600;
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** Round times of a clock from `begin` to `end`, in seconds, `most` of them at most: minutes, hours, or whole numbers of days. */
export function chooseTicks(begin: number, end: number, most: number): number[] {
  const day = 24 * HOUR;
  const step =
    STEPS.find((one) => (end - begin) / one <= most - 1) ?? Math.ceil((end - begin) / day / (most - 1)) * day;
  const first = Math.ceil(begin / step);
  const last = Math.floor(end / step);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}
