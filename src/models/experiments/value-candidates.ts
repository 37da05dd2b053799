import { estimatePolicyValue, type PolicyValue } from "../../algorithms/experiments/estimate-policy-value.ts";
import { readSql } from "../../warehouse/read-sql.ts";
import type { OpenRelease } from "../../warehouse/release-reader.ts";
import type { Experiment } from "./experiment.ts";

/** What a list of a way to recommend that is not live would have earned; money in minor units of the experiment's currency. */
export interface CandidateValue {
  readonly candidate: string;
  /** Lists of exploring variants that it rests on. */
  readonly lists: number;
  readonly itemsPerList: number;
  /** Share of the candidate's places that those lists could have shown, estimated; what they could not is taken to earn as much. */
  readonly coverage: number;
  /** Null where none of its items was shown. */
  readonly clicksPerList: PolicyValue | null;
  readonly revenuePerList: PolicyValue | null;
  /** What followed the lists that were shown. */
  readonly shown: { readonly clicksPerList: number; readonly revenuePerList: number };
}

interface CandidateRow {
  readonly candidate_id: string;
  readonly list_count: number;
  readonly place_count: number;
  readonly shown_clicks: number;
  readonly shown_minor: number;
  readonly weight: number;
  readonly weighted_clicks: number;
  readonly weighted_minor: number;
}

/**
 * Values the experiment's candidates from the items that exploration has shown: SNIPS over items, customers as units, times the
 * items of a list. An item's reward is taken not to depend on its place and neighbours. Candidates without any list are not in
 * the answer. O(customers × candidates).
 */
export async function valueCandidates(
  tables: Pick<OpenRelease, "rows">,
  { id, candidates = [] }: Experiment,
): Promise<CandidateValue[]> {
  if (candidates.length === 0) return [];
  const rows = await tables.rows<CandidateRow>(readSql("models/experiments/list_candidates"), { experiment: id });
  return candidates.flatMap((candidate) => {
    const own = rows.filter((row) => row.candidate_id === candidate.id);
    return own.length === 0 ? [] : [describe(candidate.id, own)];
  });
}

function describe(candidate: string, rows: readonly CandidateRow[]): CandidateValue {
  const sum = (pick: (row: CandidateRow) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const lists = sum((row) => row.list_count);
  const places = sum((row) => row.place_count);
  const weight = sum((row) => row.weight);
  const weights = rows.map((row) => row.weight);
  const perList = (pick: (row: CandidateRow) => number): PolicyValue | null => {
    if (weight === 0) return null;
    const { value, low, high, effectiveUnits } = estimatePolicyValue(weights, rows.map(pick));
    const items = places / lists;
    return { value: value * items, low: low * items, high: high * items, effectiveUnits };
  };
  return {
    candidate,
    lists,
    itemsPerList: places / lists,
    coverage: places === 0 ? 0 : Math.min(1, weight / places),
    clicksPerList: perList((row) => row.weighted_clicks),
    revenuePerList: perList((row) => row.weighted_minor),
    shown: {
      clicksPerList: sum((row) => row.shown_clicks) / lists,
      revenuePerList: sum((row) => row.shown_minor) / lists,
    },
  };
}
