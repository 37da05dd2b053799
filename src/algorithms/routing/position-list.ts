/** Up to so many tasks a search lists all positions: they are fewer than those beside the neighbours of a task. */
export const FEW_TASKS = 50;

/** Positions that a search weighs, each named by the node it is behind, taken the cheapest first so that few are looked at closely. */
export class PositionList {
  /** What the position taken last costs. */
  cost = 0;

  private readonly nodes: Int32Array;
  private readonly costs: Float64Array;
  private count = 0;

  constructor(nNodes: number) {
    this.nodes = new Int32Array(nNodes);
    this.costs = new Float64Array(nNodes);
  }

  clear(): void {
    this.count = 0;
  }

  add(node: number, cost: number): void {
    this.costs[this.count] = cost;
    this.nodes[this.count++] = node;
  }

  /** Takes the cheapest position; −1 where none is below `most`. O(positions). */
  takeBelow(most: number): number {
    const { nodes, costs } = this;
    let least = -1;
    let cost = most;
    for (let i = 0; i < this.count; i++) {
      if (costs[i] >= cost) continue;
      least = i;
      cost = costs[i];
    }
    if (least < 0) return -1;
    const node = nodes[least];
    const last = --this.count;
    costs[least] = costs[last];
    nodes[least] = nodes[last];
    this.cost = cost;
    return node;
  }
}
