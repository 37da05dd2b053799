/** Degrees to radians. */
const RAD = Math.PI / 180;
const A1 = 1.340264;
const A2 = -0.081106;
const A3 = 0.000893;
const A4 = 0.003796;
const M = Math.sqrt(3) / 2;

/**
 * Equal Earth projection (Šavrič, Patterson, Jenny 2018, doi:10.1080/13658816.2018.1504949): equal areas, so that a
 * market's shade weighs as much as its land. Input longitude and latitude in degrees, output in earth radii, y down.
 */
export function project(point: readonly number[]): [number, number] {
  const longitude = (point[0] ?? 0) * RAD;
  const theta = Math.asin(M * Math.sin((point[1] ?? 0) * RAD));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const x = (longitude * Math.cos(theta)) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)));
  return [x, -theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))];
}

/** The inverse of `project`, by Newton's method on the parametric latitude. */
export function unproject(point: readonly number[]): [number, number] {
  const y = -(point[1] ?? 0);
  let theta = y / A1;
  for (let step = 0; step < 12; step += 1) {
    const t2 = theta * theta;
    const t6 = t2 * t2 * t2;
    const miss = theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)) - y;
    theta -= miss / (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2));
    if (Math.abs(miss) < 1e-12) break;
  }
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const x = ((point[0] ?? 0) * M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2))) / Math.cos(theta);
  return [x / RAD, Math.asin(Math.min(1, Math.max(-1, Math.sin(theta) / M))) / RAD];
}
