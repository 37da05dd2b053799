import type { IsoDate } from "../../core/dates.ts";
import type { Exploration } from "../recommendation/serving/exploration.ts";
import type { ModelChoice } from "../recommendation/serving/knobs.ts";

/** What a variant may set, by the names of a customer's request. */
export interface VariantSettings {
  readonly model?: ModelChoice;
  readonly diversity?: number;
  readonly marginWeight?: number;
  readonly deliveryWeight?: number;
  readonly maxPerCategory?: number;
  readonly excludePurchased?: boolean;
  readonly coolDownDays?: number;
}

export interface Variant {
  readonly id: string;
  /** Relative to the other variants. */
  readonly weight: number;
  readonly settings: VariantSettings;
  /** Missing: its lists show what the settings say. */
  readonly exploration?: Exploration;
}

/** A way to recommend that is not live: what it would have shown is kept with each list of an exploring variant. */
export interface Candidate {
  readonly id: string;
  readonly settings: VariantSettings;
}

/** A test of ways to recommend, between customers, as its file in `dashboards/experiments` states it. */
export interface Experiment {
  /** Also the salt of the assignment. */
  readonly id: string;
  readonly title: string;
  readonly unit: "customer";
  /** First and last day, UTC, both included. */
  readonly startsOn: IsoDate;
  readonly endsOn: IsoDate;
  readonly variants: readonly Variant[];
  readonly candidates?: readonly Candidate[];
}

export function isActive(experiment: Experiment, today: IsoDate): boolean {
  return experiment.startsOn <= today && today <= experiment.endsOn;
}
