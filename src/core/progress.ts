/** One report of a long step: what is being done and how far it is. `total` is 0 while unknown. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

export type ProgressListener = (progress: Progress) => void;

export const ignoreProgress: ProgressListener = () => {};
