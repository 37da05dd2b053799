/** [longitude, latitude] in degrees, as VROOM writes places. */
export type Point = readonly [number, number];

/** Square tables between points, row by row from each to all; seconds and metres, whole numbers. */
export interface TravelTables {
  readonly durations: number[][];
  readonly distances: number[][];
}

/** Something that knows how long roads take. */
export interface MatrixProvider {
  readonly name: "osrm" | "valhalla";
  /**
   * Travel between all pairs of points. Errors: `ROUTE_ROUTER_FAILED` where the service does not answer as it should,
   * `ROUTE_UNREACHABLE` where no road leads from one point to another.
   */
  measure(profile: string, points: readonly Point[]): Promise<TravelTables>;
}
