import { useCallback, useEffect, useState } from "preact/hooks";

import { RequestProblem } from "../api/request-json.ts";
import { trackActivity } from "./activity.ts";

/** Something that comes from the API: the last answer stays on screen while the next one is on its way. */
export interface Loaded<T> {
  readonly value?: T;
  readonly problem?: RequestProblem;
  readonly isLoading: boolean;
  readonly retry: () => void;
}

interface Settled<T> {
  readonly key: string;
  readonly value?: T;
  readonly problem?: RequestProblem;
}

/** Loads when `key` changes, and again on `retry`. `undefined` loads nothing. */
export function useLoaded<T>(key: string | undefined, load: () => Promise<T>): Loaded<T> {
  const [settled, setSettled] = useState<Settled<T>>();
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setSettled(undefined);
    setAttempt((count) => count + 1);
  }, []);

  useEffect(() => {
    if (key === undefined) return undefined;
    let isCurrent = true;
    trackActivity(load()).then(
      (value) => isCurrent && setSettled({ key, value }),
      (cause: unknown) => isCurrent && setSettled({ key, problem: toProblem(cause) }),
    );
    return () => {
      isCurrent = false;
    };
    // `load` is described by `key`.
  }, [key, attempt]);

  const isLoading = key !== undefined && settled?.key !== key;
  return {
    ...(settled?.value === undefined ? {} : { value: settled.value }),
    ...(settled?.problem === undefined || isLoading ? {} : { problem: settled.problem }),
    isLoading,
    retry,
  };
}

function toProblem(cause: unknown): RequestProblem {
  return cause instanceof RequestProblem ? cause : new RequestProblem(0, "UNEXPECTED", String(cause));
}
