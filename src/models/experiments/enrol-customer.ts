import { assignVariant } from "../../algorithms/experiments/assign-variant.ts";
import type { IsoDate } from "../../core/dates.ts";
import type { Exploration } from "../recommendation/serving/exploration.ts";
import { type Candidate, type Experiment, isActive, type VariantSettings } from "./experiment.ts";

export interface Enrolment {
  readonly experiment: string;
  readonly variant: string;
  readonly settings: VariantSettings;
  /** With which probability a customer is given this variant. */
  readonly propensity: number;
  readonly exploration: Exploration | undefined;
  /** Whose lists are to be kept beside the shown one; none unless the variant explores. */
  readonly candidates: readonly Candidate[];
}

/**
 * The variant of the experiment that runs on this day; undefined where none does. A request that states itself what the
 * experiment varies, or a model, gets what it asks for and is not part of it, whatever the customer's variant is.
 */
export function enrolCustomer(
  experiments: readonly Experiment[],
  today: IsoDate,
  customerId: string,
  request: Readonly<Record<string, unknown>>,
): Enrolment | undefined {
  const experiment = experiments.find((each) => isActive(each, today));
  if (experiment === undefined) return undefined;
  const { id, variants, candidates = [] } = experiment;
  const isStated = variants.some(({ settings }) => Object.keys(settings).some((name) => request[name] !== undefined));
  if (isStated || request["model"] !== undefined) return undefined;
  const weights = variants.map((each) => each.weight);
  const variant = variants[assignVariant(customerId, id, weights)];
  if (variant === undefined) return undefined;
  const propensity = variant.weight / weights.reduce((sum, weight) => sum + weight, 0);
  return {
    experiment: id,
    variant: variant.id,
    settings: variant.settings,
    propensity,
    exploration: variant.exploration,
    candidates: variant.exploration === undefined ? [] : candidates,
  };
}
