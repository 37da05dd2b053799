/** Routes as searches hold them: the node behind each, from the start of the one vehicle of `nTasks` tasks on. */
export function toNext(tasks: readonly number[], nTasks: number): Int32Array {
  const next = new Int32Array(nTasks + 2).fill(-1);
  let before = nTasks;
  for (const task of tasks) {
    next[before] = task;
    before = task;
  }
  next[before] = nTasks + 1;
  return next;
}
