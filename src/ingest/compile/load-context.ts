import type { IsoDate } from "../../core/dates.ts";

/** What is known of a load besides contract, mapping and file. */
export interface LoadContext {
  readonly fileName: string;
  /** Store of every row; undefined when the file says it, or the dataset knows no stores. */
  readonly storeId?: string;
  /** Currency of every row, where the source has only one. */
  readonly currency?: string;
  readonly timeZone: string;
  readonly today: IsoDate;
}
