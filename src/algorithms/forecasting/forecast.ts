/** What a method says of the next h periods. */
export interface Forecast {
  readonly mean: Float64Array;
  /** Standard deviation of the forecast error at each step under the method's own assumptions; at least 0. */
  readonly deviation: Float64Array;
}
