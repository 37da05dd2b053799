import type { Clock } from "../../core/clock.ts";
import { createInboxLog } from "./inbox-log.ts";

/** A list that a customer of an experiment was answered with. */
export interface Exposure {
  readonly exposureId: string;
  readonly store: string;
  readonly experiment: string;
  readonly variant: string;
  readonly customerId: string;
  readonly shownAt: Date;
  /** Best first. */
  readonly itemIds: readonly string[];
  /** With which probability the customer was given this variant. */
  readonly propensity: number;
  /** Where the variant explores: with which probability each item is in the list. */
  readonly itemPropensities?: readonly number[];
  /** What the experiment's candidates would have shown, by their ids. */
  readonly candidateLists?: Readonly<Record<string, readonly string[]>>;
}

export interface ExposureLog {
  /** Ends when the exposure is on the disk. Calls at the same time share one write. */
  append(exposure: Exposure): Promise<void>;
  /** Hands the file over to the nightly run. */
  close(): Promise<void>;
}

export interface ExposureLogOptions {
  readonly inbox: string;
  readonly clock: Clock;
}

/** Keeps what customers of experiments were shown for the nightly run, in the inbox's `recommendation-exposures`. */
export function createExposureLog(options: ExposureLogOptions): ExposureLog {
  const log = createInboxLog({ ...options, dataset: "recommendation-exposures", prefix: "exposures" });
  return { append: (exposure) => log.append([toRow(exposure)]), close: () => log.close() };
}

function toRow(exposure: Exposure): Record<string, string | number> {
  return {
    store_id: exposure.store,
    exposure_id: exposure.exposureId,
    experiment_id: exposure.experiment,
    variant_id: exposure.variant,
    customer_id: exposure.customerId,
    shown_at: exposure.shownAt.toISOString(),
    items: JSON.stringify(exposure.itemIds),
    propensity: exposure.propensity,
    ...(exposure.itemPropensities === undefined
      ? {}
      : { item_propensities: JSON.stringify(exposure.itemPropensities) }),
    ...(exposure.candidateLists === undefined ? {} : { candidate_lists: JSON.stringify(exposure.candidateLists) }),
  };
}
