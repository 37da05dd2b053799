import type { MetricQuery, MetricResult } from "../api-types.ts";
import { requestJson } from "./request-json.ts";

/** Answers kept, so that the back button and cards that ask the same cost nothing. */
const KEPT_ANSWERS = 200;

const answers = new Map<string, Promise<MetricResult>>();

/** What a question is known by: another release answers it anew. */
export function keyOfQuery(query: MetricQuery, release: string): string {
  return `${release} ${JSON.stringify(query)}`;
}

/** Asks POST /v1/metrics/query once per question and release; a failed answer is not kept. */
export function queryMetrics(query: MetricQuery, release: string): Promise<MetricResult> {
  const key = keyOfQuery(query, release);
  const kept = answers.get(key);
  if (kept !== undefined) return kept;
  const answer = requestJson<MetricResult>("/v1/metrics/query", query);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  for (const oldest of answers.keys()) {
    if (answers.size <= KEPT_ANSWERS) break;
    answers.delete(oldest);
  }
  return answer;
}
