import { buildMarts } from "../../warehouse/marts/build-marts.ts";
import type { Step } from "../graph/step.ts";
import { fingerprintMarts, type NightlyContext, resolveAsOf } from "./nightly-context.ts";

/** Rebuilds what models and dashboards read. */
export const martsStep: Step<NightlyContext> = {
  name: "marts",
  inputs: ["facts", "dimensions"],
  outputs: ["marts"],
  fingerprint: fingerprintMarts,
  run: async (context) => {
    const rows = await buildMarts(context.warehouse.session, { asOf: await resolveAsOf(context) });
    const rowsOut = Object.values(rows).reduce((sum, count) => sum + count, 0);
    return { rowsIn: 0, rowsOut, figures: rows };
  },
};
