import { useEffect } from "preact/hooks";

import type { CatalogueAnswer, DashboardListAnswer } from "../api-types.ts";
import { requestJson } from "../api/request-json.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { language, pageId } from "../state/address.ts";
import { announcement } from "../state/announcer.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { DashboardPage } from "./dashboard-page.tsx";
import { Sidebar } from "./sidebar.tsx";

/** The shell around every page: menu, content, and the voice of the page for screen readers. */
export function App() {
  const list = useLoaded("dashboards", () => requestJson<DashboardListAnswer>("/v1/dashboards"));
  const catalogue = useLoaded("metrics", () => requestJson<CatalogueAnswer>("/v1/metrics"));
  const id = pageId.value ?? list.value?.dashboards[0]?.id;
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
        {failed?.problem !== undefined ? (
          <ProblemNote title={text("page.failed")} problem={failed.problem} onRetry={failed.retry} />
        ) : (
          id !== undefined && <DashboardPage key={id} id={id} catalogue={catalogue.value} />
        )}
      </main>
      <p class="visually-hidden" role="status" aria-live="polite">
        {announcement.value}
      </p>
    </>
  );
}
