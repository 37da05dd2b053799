import { conform } from "../../warehouse/conform.ts";
import type { Step } from "../graph/step.ts";
import { fingerprintFacts, type NightlyContext } from "./nightly-context.ts";

/** Rebuilds orders and dimensions from the facts. */
export const conformStep: Step<NightlyContext> = {
  name: "conform",
  inputs: ["facts"],
  outputs: ["dimensions"],
  fingerprint: fingerprintFacts,
  run: async ({ warehouse }) => {
    const counts = await conform(warehouse.session);
    const rowsOut = counts.orders + counts.products + counts.customers;
    return { rowsIn: 0, rowsOut, figures: { ...counts } };
  },
};
