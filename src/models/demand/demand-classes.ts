import { SHORT_WEEKS } from "./forecast-demand.ts";

/** How regular a demand is: by how often it comes and how much its size varies; young: too short to tell. */
export const DEMAND_CLASSES = ["smooth", "erratic", "intermittent", "lumpy", "young"] as const;
type DemandClass = (typeof DEMAND_CLASSES)[number];

/** Mean steps between demands from which demand is rare, and squared variation of sizes from which it is uneven. */
const RARE = 1.32;
const UNEVEN = 0.49;

/** Class of a weekly history. O(n). Source: Syntetos, Boylan and Croston (2005). */
export function classifyDemand(values: Float64Array): DemandClass {
  if (values.length < SHORT_WEEKS) return "young";
  let [count, sum, squares] = [0, 0, 0];
  for (const value of values) {
    if (value === 0) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const isRare = count === 0 || values.length / count >= RARE;
  const isUneven = count > 0 && (squares * count) / (sum * sum) - 1 >= UNEVEN;
  return isRare ? (isUneven ? "lumpy" : "intermittent") : isUneven ? "erratic" : "smooth";
}
