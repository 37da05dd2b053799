/** For each item its most similar items, best first: a sparse item × item matrix in rows. */
export interface ItemNeighbours {
  readonly itemCount: number;
  /** Length itemCount + 1: neighbours of item i are at `rowPtr[i] .. rowPtr[i + 1]`. */
  readonly rowPtr: Int32Array;
  readonly neighbour: Int32Array;
  /** Similarity, above 0; only comparable within one fit. */
  readonly score: Float32Array;
  /** How many groups (baskets or customers) hold both items: the evidence a person can check. */
  readonly support: Int32Array;
}
