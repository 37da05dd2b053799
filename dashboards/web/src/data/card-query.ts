import type { CatalogueAnswer, DashboardAnswer, DashboardCard, MetricDescription, MetricQuery } from "../api-types.ts";
import { chooseGrain, type DayWindow } from "../state/date-window.ts";
import type { PageState, TimeGrain } from "../state/page-state.ts";
import type { Language } from "../text/messages.ts";
import type { CatalogueWords } from "./catalogue-words.ts";

/** What all cards of a page share. */
export interface PageScope {
  readonly page: DashboardAnswer;
  readonly state: PageState;
  /** Undefined: as far as the data goes. */
  readonly window: DayWindow | undefined;
  readonly catalogue: CatalogueAnswer;
  readonly words: CatalogueWords;
  readonly language: Language;
}

/** The catalogue's entries of a card's metrics, in the card's order. */
export function describeMetrics(card: DashboardCard, catalogue: CatalogueAnswer): MetricDescription[] {
  return card.metrics.flatMap((name) => catalogue.metrics.find((metric) => metric.name === name) ?? []);
}

function isInEveryGrain(dimension: string, metrics: readonly MetricDescription[]): boolean {
  return metrics.every((metric) => metric.grain.includes(dimension));
}

/** Picked dimensions that the card's metrics cannot be narrowed by; the card says so. */
export function unusableFilters(card: DashboardCard, scope: PageScope): string[] {
  const metrics = describeMetrics(card, scope.catalogue);
  return Object.keys(scope.state.picked).filter((dimension) => !isInEveryGrain(dimension, metrics));
}

/** The period that `time` stands for on the page. */
export function grainOf(scope: PageScope): TimeGrain {
  return scope.state.grain ?? chooseGrain(scope.window);
}

/** The question a card asks. A map and a plain table compare nothing: they show one window. */
export function buildCardQuery(card: DashboardCard, scope: PageScope): MetricQuery {
  const metrics = describeMetrics(card, scope.catalogue);
  const { state, window, language } = scope;
  const picked = Object.entries(state.picked).filter(([dimension]) => isInEveryGrain(dimension, metrics));
  const comparable = (card.kind === "kpi" || card.kind === "trend") && isInEveryGrain("day", metrics);
  const dimension = card.dimension === "time" ? grainOf(scope) : card.dimension;
  const hasMoney = metrics.some((metric) => metric.unit === "money");
  return {
    metrics: card.metrics,
    ...(dimension === undefined ? {} : { dimensions: [dimension] }),
    ...(window === undefined || !isInEveryGrain("day", metrics) ? {} : window),
    ...(picked.length === 0 ? {} : { filters: Object.fromEntries(picked) }),
    ...(state.currency === undefined || !hasMoney ? {} : { currency: state.currency }),
    ...(comparable && state.compare !== "none" && window !== undefined ? { compare: state.compare } : {}),
    ...(card.sort === undefined ? {} : { orderBy: card.sort }),
    ...(card.limit === undefined ? {} : { limit: card.limit }),
    language,
  };
}

/** The same number over time, for the small line under it; undefined where the metric knows no days. */
export function buildSparklineQuery(card: DashboardCard, scope: PageScope): MetricQuery | undefined {
  if (!isInEveryGrain("day", describeMetrics(card, scope.catalogue))) return undefined;
  const { compare: _compared, ...query } = buildCardQuery(card, scope);
  return { ...query, dimensions: [chooseGrain(scope.window)] };
}
