/**
 * A forecast of one series by itself: `train` holds finite values, oldest first, `period` is the season's length in steps
 * (1 = no season), and the answer holds `horizon` values. Pure: the same input gives the same bytes.
 */
export type ForecastFunction = (train: Float64Array, period: number, horizon: number) => Float64Array;
