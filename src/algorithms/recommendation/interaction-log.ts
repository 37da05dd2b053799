/** Equally long columns, one entry an interaction, ordered by day. */
export interface InteractionLog {
  readonly customer: Int32Array;
  readonly item: Int32Array;
  /** One of `KIND` of weigh-interactions. */
  readonly kind: Int32Array;
  /** Days since 1970-01-01. */
  readonly day: Int32Array;
}
