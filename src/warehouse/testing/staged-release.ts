import type { Session } from "../database.ts";
import type { VarPaths } from "../../core/paths.ts";
import { conform } from "../conform.ts";
import { buildMarts } from "../marts/build-marts.ts";
import type { DurableFiles } from "../releases/durable-files.ts";
import type { ReleaseManifest } from "../releases/release-manifest.ts";
import { stageRelease } from "../releases/stage-release.ts";
import { insertRows, openFixtureWarehouse, orderLine, type FixtureWarehouse } from "./fixture-warehouse.ts";

/** Release id of the n-th night of March 2011. */
export function nightOf(day: number): string {
  return `201103${String(day).padStart(2, "0")}T033000-abcdef`;
}

/** A warehouse with three orders in two stores, a session without a date and a rate. */
export async function openReleaseFixture(): Promise<FixtureWarehouse> {
  const warehouse = await openFixtureWarehouse();
  await insertRows(warehouse.session, "fct_order_line", [
    orderLine("A", "2011-01-15", "P1", 2, 10),
    orderLine("B", "2011-02-28", "P1", 1, 10),
    orderLine("C", "2011-02-01", "P2", 1, 4, { store_id: "Läden/2" }),
  ]);
  await insertRows(warehouse.session, "fct_session", [{ session_id: "1", month_of_year: 2 }]);
  await insertRows(warehouse.session, "fct_fx_rate", [{ rate_on: "2011-01-14", currency: "GBP", units_per_eur: 0.8 }]);
  return warehouse;
}

export async function buildAll(session: Session): Promise<void> {
  await conform(session);
  await buildMarts(session, { asOf: "2011-12-31" });
}

/** Conforms, builds marts and stages that night's release. */
export async function stageNight(
  paths: VarPaths,
  session: Session,
  day: number,
  files?: DurableFiles,
): Promise<ReleaseManifest> {
  await buildAll(session);
  return stageBuilt(paths, session, day, files);
}

/** Stages that night's release from the marts as they are, with one small model file. */
export async function stageBuilt(
  paths: VarPaths,
  session: Session,
  day: number,
  files?: DurableFiles,
): Promise<ReleaseManifest> {
  return stageRelease(
    paths,
    session,
    {
      releaseId: nightOf(day),
      runId: `run-${day}`,
      asOf: "2011-12-31",
      createdAt: `2011-03-${String(day).padStart(2, "0")}T03:30:00.000Z`,
      version: "0.1.0",
      models: [],
      modelFiles: [{ name: "co-purchase.arrow", bytes: new TextEncoder().encode(`model of night ${day}`) }],
    },
    files,
  );
}
