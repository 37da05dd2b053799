import { useEffect, useState } from "preact/hooks";

import type { CatalogueAnswer, DashboardListAnswer } from "../api-types.ts";
import { requestJson } from "../api/request-json.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { isPlanner, language, pageId } from "../state/address.ts";
import { PlannerPage } from "../planner/planner-page.tsx";
import { announcement } from "../state/announcer.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { RECOMMENDATIONS_PAGE, RecommendationsPage } from "../recommendations/recommendations-page.tsx";
import { INVENTORY_PAGE, InventoryPage } from "../inventory/inventory-page.tsx";
import { DashboardPage } from "./dashboard-page.tsx";
import { Sidebar } from "./sidebar.tsx";

/** Shorter absences count for nothing. */
const AWAY_MS = 60_000;

/** The shell around every page: menu, content, and the voice of the page for screen readers. */
export function App() {
  const list = useLoaded("dashboards", () => requestJson<DashboardListAnswer>("/v1/dashboards"));
  const visit = useReturns();
  const catalogue = useLoaded(`metrics ${visit}`, () => requestJson<CatalogueAnswer>("/v1/metrics"));
  const id = isPlanner.value ? undefined : (pageId.value ?? list.value?.dashboards[0]?.id);
  const failed = [list, catalogue].find((loaded) => loaded.problem !== undefined);

  useEffect(() => {
    document.documentElement.lang = language.value === "zh" ? "zh-Hans" : "en";
  }, [language.value]);

  return (
    <>
      <a class="skip" href="#content">
        {text("app.skip")}
      </a>
      <Sidebar dashboards={list.value?.dashboards ?? []} current={id} release={catalogue.value?.release} />
      <main id="content" class="content" tabIndex={-1}>
        {isPlanner.value ? (
          <PlannerPage />
        ) : id === RECOMMENDATIONS_PAGE ? (
          <RecommendationsPage />
        ) : id === INVENTORY_PAGE ? (
          <InventoryPage />
        ) : failed?.problem !== undefined ? (
          <ProblemNote title={text("page.failed")} problem={failed.problem} onRetry={failed.retry} />
        ) : (
          id !== undefined && <DashboardPage key={id} id={id} visit={visit} catalogue={catalogue.value} />
        )}
      </main>
      <p class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </p>
    </>
  );
}

/** Counts the reader's returns to the tab after a while: each is the moment to see whether there is a new release. */
function useReturns(): number {
  const [returns, setReturns] = useState(0);
  useEffect(() => {
    let seenAt = Date.now();
    const look = (): void => {
      const isReturn = !document.hidden && Date.now() - seenAt > AWAY_MS;
      seenAt = Date.now();
      if (isReturn) setReturns((count) => count + 1);
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return returns;
}
