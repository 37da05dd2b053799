import type { Inserter } from "./insertion.ts";
import type { InsertionOrders } from "./insertion-orders.ts";
import type { RouteBackup } from "./route-backup.ts";

/** The tasks on no route while a search ruins and recreates; a shipment is named by its pickup. */
export class AbsentTasks {
  /** `count` of them. */
  readonly tasks: Int32Array;
  count = 0;

  /** How many were remembered. */
  keptCount = 0;
  private readonly kept: Int32Array;

  constructor(nTasks: number) {
    this.tasks = new Int32Array(nTasks);
    this.kept = new Int32Array(nTasks);
  }

  add(tasks: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) this.tasks[this.count++] = tasks[i];
  }

  addOne(task: number): void {
    this.tasks[this.count++] = task;
  }

  /** Takes one out of the list, the others keep their order. */
  removeAt(at: number): void {
    this.tasks.copyWithin(at, at + 1, this.count--);
  }

  /** Remembers which are absent. */
  keep(): void {
    for (let i = 0; i < this.count; i++) this.kept[i] = this.tasks[i];
    this.keptCount = this.count;
  }

  /** Back to what was remembered. */
  restore(): void {
    for (let i = 0; i < this.keptCount; i++) this.tasks[i] = this.kept[i];
    this.count = this.keptCount;
  }

  /** Puts each where it costs least, in the order given; what finds no room stays absent. O(absent × an insertion). */
  insert(inserter: Inserter, backup: RouteBackup): void {
    let left = 0;
    for (let i = 0; i < this.count; i++) {
      const task = this.tasks[i];
      if (inserter.search(task)) {
        backup.save(inserter.bestVehicle);
        inserter.apply(task);
      } else this.tasks[left++] = task;
    }
    this.count = left;
  }

  /**
   * As `insert`, but gives up once those that find no room weigh more than `mostLoss`, or weigh as much and the routes saved have become dearer
   * by more than `mostChange`. What those weigh; −1 when it gave up: what was absent must then be restored.
   */
  insertWithin(
    inserter: Inserter,
    backup: RouteBackup,
    weight: (task: number) => number,
    mostLoss: number,
    mostChange: number,
  ): number {
    let change = backup.costChange();
    let loss = 0;
    let left = 0;
    for (let i = 0; i < this.count; i++) {
      const task = this.tasks[i];
      const isFound = inserter.search(task);
      if (isFound) change += inserter.bestCost;
      else loss += weight(task);
      if (loss > mostLoss || (loss === mostLoss && change > mostChange)) return -1;
      if (isFound) {
        backup.save(inserter.bestVehicle);
        inserter.apply(task);
      } else this.tasks[left++] = task;
    }
    this.count = left;
    return loss;
  }

  sort(orders: InsertionOrders, isShort: boolean): void {
    orders.sort(this.tasks, this.count, isShort);
  }

  /** Sum of what those absent weigh. */
  weigh(weight: (task: number) => number): number {
    return sum(this.tasks, this.count, weight);
  }

  /** Sum of what those remembered weigh. */
  weighKept(weight: (task: number) => number): number {
    return sum(this.kept, this.keptCount, weight);
  }
}

function sum(tasks: Int32Array, count: number, weight: (task: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += weight(tasks[i]);
  return total;
}
