/**
 * How fast one gets on by the time of day, the same every day. A leg is a span of progress: `pace` is the progress in a unit of
 * time, the same throughout a period, 1 in the fastest. Travel goes on over the ends of periods, so whoever leaves later never
 * arrives earlier. Source: Ichoua, Gendreau and Potvin, European Journal of Operational Research 144(2), 2003.
 */
export interface TrafficDay {
  /** Begins of the periods, ascending from 0, and last the end of the day. */
  readonly times: Float64Array;
  /** Progress made from the begin of the day to each of `times`. */
  readonly progress: Float64Array;
  /** By period. */
  readonly pace: Float64Array;
  /** Progress that a unit of time on the leg's own measure is: the least of the factors. */
  readonly scale: number;
  /** Arrivals are whole multiples of this, rounded up. */
  readonly unit: number;
}

/** Errors of floating point in times and progress stay far below. */
const NOISE = 1e-3;
/** Shares of a unit from which on the next whole one may do as well. */
const NEARLY = 0.9;

/**
 * A day of `dayTime` in which travel takes `factors[k]` times as long from `begins[k]` (ascending, the first 0) to the next begin. O(periods).
 */
export function createTrafficDay(
  begins: readonly number[],
  factors: readonly number[],
  dayTime: number,
  unit: number,
): TrafficDay {
  const scale = Math.min(...factors);
  const times = Float64Array.from([...begins, dayTime]);
  const pace = Float64Array.from(factors, (factor) => scale / factor);
  const progress = new Float64Array(times.length);
  for (let k = 0; k < pace.length; k++) progress[k + 1] = progress[k] + pace[k] * (times[k + 1] - times[k]);
  return { times, progress, pace, scale, unit };
}

/** When a leg that takes `travel` of progress ends, left at `time`. Without a day each unit of time is one of progress. O(periods). */
export function arriveAfter(day: TrafficDay | undefined, time: number, travel: number): number {
  if (day === undefined || travel <= 0 || time === Infinity) return time + travel;
  const { times, progress, pace, unit } = day;
  const last = times.length - 1;
  const midnight = time >= 0 && time < times[last] ? 0 : Math.floor(time / times[last]) * times[last];
  const clock = time - midnight;
  let k = last - 1;
  while (k > 0 && times[k] > clock) k--;
  let arrival = time + travel / pace[k];
  if (arrival - midnight > times[k + 1]) {
    const target = progress[k] + pace[k] * (clock - times[k]) + travel;
    const days = target < progress[last] ? 0 : Math.floor(target / progress[last]);
    arrival = midnight + days * times[last] + toTime(day, target - days * progress[last]);
  }
  return Math.ceil((arrival - NOISE) / unit) * unit;
}

/** The latest time to leave so that the leg ends by `time`. O(periods). */
export function leaveBefore(day: TrafficDay | undefined, time: number, travel: number): number {
  if (day === undefined || travel <= 0 || time === -Infinity) return time - travel;
  const { times, progress, unit } = day;
  const last = times.length - 1;
  const reached = Math.floor(time / unit) * unit;
  const midnight = Math.floor(reached / times[last]) * times[last];
  const target = toProgress(day, reached - midnight) - travel;
  const days = Math.floor(target / progress[last]);
  const left = midnight + days * times[last] + toTime(day, target - days * progress[last]);
  const sure = Math.floor((left + NOISE) / unit) * unit;
  // Arrivals are rounded with some grace; what that is at the start depends on how much slower travel is there.
  if (left - sure < NEARLY * unit) return sure;
  return arriveAfter(day, sure + unit, travel) <= reached ? sure + unit : sure;
}

/** Progress made from one time to a later one. O(periods). */
export function coverBetween(day: TrafficDay | undefined, from: number, to: number): number {
  if (day === undefined) return to - from;
  const { times, progress } = day;
  const last = times.length - 1;
  const midnight = Math.floor(from / times[last]) * times[last];
  const days = Math.floor((to - midnight) / times[last]);
  const until = toProgress(day, to - midnight - days * times[last]) + days * progress[last];
  return until - toProgress(day, from - midnight);
}

/**
 * Starts within a day after `from` that may spare traffic: when travel gets faster, and so that a first leg ends when it gets
 * slower. O(periods²).
 */
export function forEachRelief(day: TrafficDay, from: number, firstLeg: number, visit: (start: number) => void): void {
  const { times, pace } = day;
  const last = times.length - 1;
  const midnight = Math.floor(from / times[last]) * times[last];
  for (let k = 0; k < last; k++) {
    const change = pace[k] - pace[k === 0 ? last - 1 : k - 1];
    if (change === 0) continue;
    const next = midnight + times[k] + (midnight + times[k] > from ? 0 : times[last]);
    const start = change > 0 ? next : leaveBefore(day, next, firstLeg);
    if (start > from) visit(start);
  }
}

function toProgress({ times, progress, pace }: TrafficDay, time: number): number {
  let k = pace.length - 1;
  while (k > 0 && times[k] > time) k--;
  return progress[k] + pace[k] * (time - times[k]);
}

function toTime({ times, progress, pace }: TrafficDay, target: number): number {
  let k = pace.length - 1;
  while (k > 0 && progress[k] > target) k--;
  return times[k] + (target - progress[k]) / pace[k];
}
