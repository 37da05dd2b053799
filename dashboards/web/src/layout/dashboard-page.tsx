import { useEffect, useMemo, useRef } from "preact/hooks";

import type { CatalogueAnswer, DashboardAnswer } from "../api-types.ts";
import { requestJson } from "../api/request-json.ts";
import { findLastDay } from "../cards/card-age.ts";
import { Card } from "../cards/card.tsx";
import type { PageScope } from "../data/card-query.ts";
import { createCatalogueWords } from "../data/catalogue-words.ts";
import { FilterBar } from "../filters/filter-bar.tsx";
import { Icon } from "../parts/icon.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { pendingCount } from "../state/activity.ts";
import { address, language } from "../state/address.ts";
import { announce } from "../state/announcer.ts";
import { isStale, resolveWindow, type DayWindow } from "../state/date-window.ts";
import { readPageState } from "../state/page-state.ts";
import { text } from "../state/text.ts";
import { useLoaded } from "../state/use-loaded.ts";
import { formatDay, formatPeriod } from "../text/format.ts";
import { NoDataYet } from "./no-data-yet.tsx";
import { PageHeader } from "./page-header.tsx";

interface DashboardPageProps {
  readonly id: string;
  /** Changes when the reader comes back to the tab: time to look for a new release. */
  readonly visit: number;
  readonly catalogue: CatalogueAnswer | undefined;
}

/** One dashboard: heading, filter bar, cards. */
export function DashboardPage({ id, visit, catalogue }: DashboardPageProps) {
  const loaded = useLoaded(`dashboard ${id} ${visit}`, () =>
    requestJson<DashboardAnswer>(`/v1/dashboards/${encodeURIComponent(id)}`),
  );
  const page = loaded.value;
  const title = loaded.problem?.status === 404 ? text("app.pageNotFound") : page?.title[language.value];

  return (
    <>
      <PageHeader title={title ?? ""} description={page?.description[language.value]} />
      {loaded.problem?.status === 404 ? (
        <p class="page-description">{text("app.pageNotFoundDetail")}</p>
      ) : (
        loaded.problem !== undefined && (
          <ProblemNote title={text("page.failed")} problem={loaded.problem} onRetry={loaded.retry} />
        )
      )}
      {page !== undefined && catalogue !== undefined && <PageContent page={page} catalogue={catalogue} />}
    </>
  );
}

interface PageContentProps {
  readonly page: DashboardAnswer;
  readonly catalogue: CatalogueAnswer;
}

function PageContent({ page, catalogue }: PageContentProps) {
  const params = address.value.searchParams;
  const state = readPageState(params, page.filters);
  const lastDay = findLastDay(domainsOf(page, catalogue), page.freshness);
  const window = resolveWindow(state.dates, lastDay);
  const hasDates = page.filters.some((filter) => filter.kind === "date-range");
  const words = useMemo(() => createCatalogueWords(catalogue, language.value), [catalogue, language.value]);
  const scope: PageScope = {
    page,
    catalogue,
    words,
    state,
    window: hasDates ? window : undefined,
    language: language.value,
  };
  useUpdateVoice(scope.window);

  if (isWithoutData(page)) return <NoDataYet page={page} />;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <>
      <FilterBar scope={scope} lastDay={lastDay} />
      {lastDay !== null && isStale(lastDay, today) && (
        <p class="banner">
          <Icon name="clock" />
          {text("page.historical", { day: formatDay(lastDay, language.value, "long") })}
        </p>
      )}
      <div class="cards">
        {page.cards.map((card) => (
          <Card key={card.id} card={card} scope={scope} />
        ))}
      </div>
    </>
  );
}

/** Domains of what the cards show; exchange rates are newer than what they convert and say nothing of its age. */
function domainsOf(page: DashboardAnswer, catalogue: CatalogueAnswer): string[] {
  const metrics = new Set(page.cards.flatMap((card) => card.metrics));
  return catalogue.metrics.flatMap((metric) => (metrics.has(metric.name) ? [metric.domain] : []));
}

/** A page without cards, or whose first domain has no rows. */
function isWithoutData(page: DashboardAnswer): boolean {
  if (page.cards.length === 0) return true;
  const main = page.freshness.filter((entry) => entry.domain === page.domain[0]);
  return main.every((entry) => entry.rows === 0);
}

/** Says once that everything has arrived, after the last of the page's questions is answered. */
function useUpdateVoice(window: DayWindow | undefined): void {
  const wasBusy = useRef(false);
  const isBusy = pendingCount.value > 0;
  const message = useMemo(
    () =>
      window === undefined
        ? text("app.updatedAll")
        : text("app.updated", { period: formatPeriod(window.from, window.to, language.value) }),
    [window?.from, window?.to, language.value],
  );
  useEffect(() => {
    if (wasBusy.current && !isBusy) announce(message);
    wasBusy.current = isBusy;
  }, [isBusy, message]);
}
