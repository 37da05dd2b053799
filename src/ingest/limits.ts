/** Bounds that keep a hostile or broken file from taking the machine. */
export interface IngestLimits {
  /** Bytes of the received file. */
  readonly maxFileBytes: number;
  /** Bytes that a compressed file may unpack to. */
  readonly maxUnpackedBytes: number;
  /** Unpacked bytes for one packed byte; real tables stay far below. */
  readonly maxUnpackRatio: number;
  /** Bytes of one record of a text file. */
  readonly maxLineBytes: number;
}

export const DEFAULT_LIMITS: IngestLimits = {
  maxFileBytes: 64 * 1024 ** 3,
  maxUnpackedBytes: 64 * 1024 ** 3,
  maxUnpackRatio: 200,
  maxLineBytes: 1024 ** 2,
};
