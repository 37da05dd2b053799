/** Shades of the map, light to dark. */
export const MAP_SHADES = 5;

/**
 * Upper bounds of the classes of a choropleth: equal counts of markets per class, rounded to two figures, so that one
 * very large market does not leave all others in one shade. Ascending and distinct; the last class has no bound.
 */
export function findClassBounds(values: readonly number[], classes = MAP_SHADES): number[] {
  const sorted = values.toSorted((left, right) => left - right);
  const highest = sorted.at(-1);
  if (highest === undefined) return [];
  const bounds: number[] = [];
  for (let index = 1; index < classes; index += 1) {
    const bound = roundToTwoFigures(sorted[Math.floor((index * sorted.length) / classes)] ?? highest);
    if (bound > (bounds.at(-1) ?? sorted[0] ?? bound) && bound <= highest) bounds.push(bound);
  }
  return bounds;
}

/** Which class a value falls in, 0 for the lightest. */
export function classOf(value: number, bounds: readonly number[]): number {
  const index = bounds.findIndex((bound) => value < bound);
  return index < 0 ? bounds.length : index;
}

/** The shade of a class, spread over all shades when there are fewer classes. */
export function shadeOf(classIndex: number, classCount: number): number {
  return classCount <= 1 ? MAP_SHADES - 1 : Math.round((classIndex * (MAP_SHADES - 1)) / (classCount - 1));
}

function roundToTwoFigures(value: number): number {
  return Number(value.toPrecision(2));
}
