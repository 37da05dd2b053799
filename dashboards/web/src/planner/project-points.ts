/** Degrees to pixels and the scale it has, in metres a pixel. */
export interface Projection {
  readonly metresPerPixel: number;
  toPixels(point: readonly [number, number]): readonly [number, number];
}

const METRES_PER_DEGREE = 111_195;
const MARGIN = 28;

/**
 * Fits points into a box: plate carrée about their middle latitude, true to scale there, north up. Good for a city or a
 * region; the poles are not its business. Undefined without points.
 */
export function fitPoints(
  points: readonly (readonly [number, number])[],
  width: number,
  height: number,
): Projection | undefined {
  if (points.length === 0) return undefined;
  const [west, east] = spanOf(points.map(([longitude]) => longitude));
  const [south, north] = spanOf(points.map(([, latitude]) => latitude));
  const middle = [(west + east) / 2, (south + north) / 2] as const;
  const shrink = Math.cos((middle[1] * Math.PI) / 180);
  const wideM = Math.max(100, (east - west) * METRES_PER_DEGREE * shrink);
  const highM = Math.max(100, (north - south) * METRES_PER_DEGREE);
  const metresPerPixel = Math.max(wideM / Math.max(1, width - 2 * MARGIN), highM / Math.max(1, height - 2 * MARGIN));
  return {
    metresPerPixel,
    toPixels: ([longitude, latitude]) => [
      width / 2 + ((longitude - middle[0]) * METRES_PER_DEGREE * shrink) / metresPerPixel,
      height / 2 - ((latitude - middle[1]) * METRES_PER_DEGREE) / metresPerPixel,
    ],
  };
}

/** The longest round length (1, 2 or 5 times a power of ten) of metres that is not wider than so many pixels. */
export function chooseScaleBar(metresPerPixel: number, maxPixels: number): number {
  const limit = metresPerPixel * maxPixels;
  const power = 10 ** Math.floor(Math.log10(limit));
  return ([5, 2, 1].find((step) => step * power <= limit) ?? 1) * power;
}

function spanOf(values: readonly number[]): readonly [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
