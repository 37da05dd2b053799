/** Keeps answers that cost work; the least recently asked goes first. */
export interface AnswerCache<Answer> {
  /** The answer kept under `key`, or that of `make`, which is called once however many ask at the same time. */
  get(key: string, make: () => Promise<Answer>): Promise<Answer>;
}

/** Holds at most `capacity` answers. A failure is not kept: the next one who asks tries again. */
export function createAnswerCache<Answer>(capacity: number): AnswerCache<Answer> {
  const kept = new Map<string, Promise<Answer>>();
  return {
    get: (key, make) => {
      const known = kept.get(key);
      if (known !== undefined) {
        // A Map lists its keys by age of insertion: asked again is young again.
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const answer = make();
      kept.set(key, answer);
      answer.catch(() => kept.delete(key));
      const [oldest] = kept.keys();
      if (kept.size > capacity && oldest !== undefined) kept.delete(oldest);
      return answer;
    },
  };
}
