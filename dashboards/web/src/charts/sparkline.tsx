const WIDTH = 120;
const HEIGHT = 32;
const MARGIN = 2;

/** The course of a number without axes, beside the number itself; decoration for whoever cannot see it. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const path = drawSparkline(values);
  if (path === "") return null;
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} vector-effect="non-scaling-stroke" />
    </svg>
  );
}

/** Path of the known values, broken where one is missing; empty when there are fewer than two. */
export function drawSparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  let isDown = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isDown = false;
        return "";
      }
      const x = (index / (values.length - 1)) * WIDTH;
      const y = HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN);
      const step = `${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
      isDown = true;
      return step;
    })
    .join("");
}
