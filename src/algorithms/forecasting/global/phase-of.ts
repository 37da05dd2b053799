/** The phase of a step of a cycle, from 0 to period − 1; steps before the first are below 0. */
export function phaseOf(step: number, period: number): number {
  return ((step % period) + period) % period;
}
