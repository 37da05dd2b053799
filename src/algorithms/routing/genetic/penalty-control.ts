import type { UniformFleet } from "../uniform-fleet.ts";
import type { Penalties } from "./penalised-plan.ts";
import type { Member } from "./population.ts";

/** Share of the plans that should keep loads, and windows; how often and how far penalties follow. */
const TARGET = 0.3;
const TOLERANCE = 0.05;
const ADJUST_EVERY = 50;
const UP = 1.2;
const DOWN = 0.85;

/** Keeps the penalties such that about a third of the plans break nothing: dearer while fewer do, cheaper while more. */
export class PenaltyControl {
  readonly penalties: Penalties;
  private nNoted = 0;
  private nLoadsKept = 0;
  private nWindowsKept = 0;

  /** At first a mean demand too much costs a mean leg, and late time what time on the road costs. */
  constructor({ cost, time, demand, nTasks }: UniformFleet) {
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    const [sumCost, sumTime, sumDemand] = [sum(cost), sum(time), sum(demand)];
    this.penalties = {
      load: sumDemand > 0 ? sumCost / cost.length / (sumDemand / nTasks) : 1,
      lateness: sumTime > 0 ? sumCost / sumTime : 1,
    };
  }

  note({ excessLoad, lateness }: Member): void {
    this.nNoted++;
    if (excessLoad === 0) this.nLoadsKept++;
    if (lateness === 0) this.nWindowsKept++;
  }

  /** Changes the penalties once enough plans are noted. */
  adjust(): void {
    if (this.nNoted < ADJUST_EVERY) return;
    const factor = (kept: number): number => {
      const share = kept / this.nNoted;
      return share < TARGET - TOLERANCE ? UP : share > TARGET + TOLERANCE ? DOWN : 1;
    };
    this.penalties.load *= factor(this.nLoadsKept);
    this.penalties.lateness *= factor(this.nWindowsKept);
    this.nNoted = 0;
    this.nLoadsKept = 0;
    this.nWindowsKept = 0;
  }

  scale(factor: number): void {
    this.penalties.load *= factor;
    this.penalties.lateness *= factor;
  }
}
