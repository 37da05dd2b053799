import { type PenalisedPlan, SMALLEST_GAIN } from "./penalised-plan.ts";

/**
 * Changes of routes that are carried out only if they make the plan cheaper with penalties. The caller says what the legs change; windows and
 * loads are looked at here. A string is a run of tasks of one route, named by its first and last; one that begins directly behind its last
 * (`first === next[last]`) is empty. O(tasks that a change moves, and of the route where it stays on one).
 */
export class PricedChanges {
  /** Number of the last change of each route, and of all so far. */
  readonly changedAt: Int32Array;
  count = 0;
  private readonly plan: PenalisedPlan;

  constructor(plan: PenalisedPlan) {
    this.plan = plan;
    this.changedAt = new Int32Array(plan.nRoutes);
  }

  /**
   * Puts the string `u`…`lastU` in the place of `y`…`lastY`, and that in its place. `y` may be the node behind an empty string, then
   * `lastY` is the node before; the strings must not touch. `isTurned` puts the first the other way round.
   */
  exchange(u: number, lastU: number, y: number, lastY: number, change: number, isTurned = false): boolean {
    const { plan } = this;
    const { routeOf, next, prev, place, penalty, load, fleet } = plan;
    const { isTimed } = fleet;
    const ru = routeOf[u];
    const isEmpty = next[lastY] === y;
    const v = isEmpty ? lastY : prev[y];
    const rv = routeOf[v];
    const a = prev[u];
    const afterU = next[lastU];
    const afterY = next[lastY];
    let total = change;
    if (ru === rv) {
      if (isTimed) {
        let late: number;
        if (place[u] < place[v]) {
          plan.leave(a);
          plan.visitAll(y, lastY);
          plan.visitAll(afterU, v);
          this.visit(u, lastU, isTurned);
          late = plan.join(afterY);
        } else {
          plan.leave(v);
          this.visit(u, lastU, isTurned);
          plan.visitAll(afterY, a);
          plan.visitAll(y, lastY);
          late = plan.join(afterU);
        }
        total += plan.price(load[ru], late) - penalty[ru];
      }
    } else {
      const moved = this.loadOf(u, lastU) - (isEmpty ? 0 : this.loadOf(y, lastY));
      let late = 0;
      if (isTimed) {
        plan.leave(v);
        this.visit(u, lastU, isTurned);
        late = plan.join(afterY);
      }
      total += plan.price(load[rv] + moved, late) - penalty[rv] - penalty[ru];
      // What the other route breaks only adds to that.
      if (total > -SMALLEST_GAIN) return false;
      if (isTimed) {
        plan.leave(a);
        plan.visitAll(y, lastY);
        late = plan.join(afterU);
      }
      total += plan.price(load[ru] - moved, late);
    }
    if (total > -SMALLEST_GAIN) return false;
    if (isEmpty) this.link(a, afterU);
    else {
      this.link(a, y);
      this.link(lastY, afterU);
    }
    if (isTurned) this.turn(u, lastU);
    this.link(v, isTurned ? lastU : u);
    this.link(isTurned ? u : lastU, afterY);
    this.note(ru, rv);
    return true;
  }

  /** Gives what begins with `u` to the route of `v`, behind `v`, and what came behind `v` to that of `u`. The routes must differ. */
  exchangeTails(u: number, v: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, penalty, load, loadBefore, fleet, nRoutes } = plan;
    const { isTimed, demand, nTasks } = fleet;
    const ru = routeOf[u];
    const rv = routeOf[v];
    const a = prev[u];
    const y = next[v];
    const headU = loadBefore[u] - demand[u];
    const headV = v < nTasks ? loadBefore[v] : 0;
    let lateU = 0;
    let lateV = 0;
    if (isTimed) {
      plan.leave(v);
      lateV = plan.join(u);
      plan.leave(a);
      // An end of another route is like the own one.
      lateU = plan.join(y);
    }
    const total =
      change +
      plan.price(headV + load[ru] - headU, lateV) +
      plan.price(headU + load[rv] - headV, lateU) -
      penalty[ru] -
      penalty[rv];
    if (total > -SMALLEST_GAIN) return false;
    const endU = nTasks + nRoutes + ru;
    const endV = nTasks + nRoutes + rv;
    const lastV = prev[endV];
    this.link(v, u);
    this.link(prev[endU], endV);
    if (y === endV) this.link(a, endU);
    else {
      this.link(a, y);
      this.link(lastV, endU);
    }
    this.note(ru, rv);
    return true;
  }

  /** Turns the string the other way round where it stands. */
  reverse(first: number, last: number, change: number): boolean {
    const { plan } = this;
    const { routeOf, next, prev, penalty, load, fleet } = plan;
    const route = routeOf[first];
    const before = prev[first];
    const after = next[last];
    let total = change;
    if (fleet.isTimed) {
      plan.leave(before);
      this.visit(first, last, true);
      total += plan.price(load[route], plan.join(after)) - penalty[route];
    }
    if (total > -SMALLEST_GAIN) return false;
    this.turn(first, last);
    this.link(before, last);
    this.link(first, after);
    this.note(route, route);
    return true;
  }

  private visit(first: number, last: number, isTurned: boolean): void {
    const { plan } = this;
    if (!isTurned) {
      plan.visitAll(first, last);
      return;
    }
    const stop = plan.prev[first];
    for (let node = last; node !== stop; node = plan.prev[node]) plan.visit(node);
  }

  private loadOf(first: number, last: number): number {
    const { loadBefore, fleet } = this.plan;
    return loadBefore[last] - loadBefore[first] + fleet.demand[first];
  }

  private link(before: number, after: number): void {
    this.plan.next[before] = after;
    this.plan.prev[after] = before;
  }

  /** Turns the links within a string; those around it are the caller's. */
  private turn(first: number, last: number): void {
    const { next, prev } = this.plan;
    const stop = next[last];
    for (let node = first; node !== stop;) {
      const following = next[node];
      next[node] = prev[node];
      prev[node] = following;
      node = following;
    }
  }

  private note(ru: number, rv: number): void {
    const { plan, changedAt } = this;
    const change = ++this.count;
    plan.refresh(ru);
    changedAt[ru] = change;
    if (rv === ru) return;
    plan.refresh(rv);
    changedAt[rv] = change;
  }
}
