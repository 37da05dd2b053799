import { computed, signal } from "@preact/signals";
import type { Language } from "../text/messages.ts";

/** Where the reader is. The address is the only place that knows page, filters and language. */
export const address = signal(new URL(window.location.href));

window.addEventListener("popstate", () => {
  address.value = new URL(window.location.href);
});

/** Goes to another address without loading the document again; the back button leads here. */
export function navigate(url: URL, how: "push" | "replace" = "push"): void {
  if (url.href === address.value.href) return;
  if (how === "push") window.history.pushState(null, "", url);
  else window.history.replaceState(null, "", url);
  address.value = url;
}

/** The page of `/dashboards/<id>`; undefined at `/`. */
export const pageId = computed(() => {
  const id = /^\/dashboards\/([^/]+)\/?$/.exec(address.value.pathname)?.[1];
  return id === undefined ? undefined : decodeURIComponent(id);
});

/** `?lang=`, else what the browser prefers. */
export const language = computed<Language>(() => {
  const asked = address.value.searchParams.get("lang") ?? window.navigator.language;
  return asked.toLowerCase().startsWith("zh") ? "zh" : "en";
});

/** The same place in another language. */
export function chooseLanguage(choice: Language): void {
  const url = new URL(address.value);
  url.searchParams.set("lang", choice);
  navigate(url);
}

/** Whether this is the route planner, `/planner`. */
export const isPlanner = computed(() => /^\/planner\/?$/.test(address.value.pathname));

/** Other settings of the page that is shown, or of a dashboard: they stand in its address, which keeps the language. */
export function showSettings(params: URLSearchParams, dashboard?: string): void {
  const url = dashboard === undefined ? new URL(address.value) : addressOfPage(dashboard);
  url.search = params.toString();
  navigate(keepLanguage(url));
}

/** Address of a dashboard; keeps the language, drops filters, which belong to the page they were set on. */
export function addressOfPage(id: string): URL {
  return keepLanguage(new URL(`/dashboards/${encodeURIComponent(id)}`, address.value));
}

export function addressOfPlanner(): URL {
  return keepLanguage(new URL("/planner", address.value));
}

function keepLanguage(url: URL): URL {
  const asked = address.value.searchParams.get("lang");
  if (asked !== null) url.searchParams.set("lang", asked);
  return url;
}

/** Click handler of links inside the app; leaves new tabs and windows to the browser. */
export function followLink(event: MouseEvent): void {
  const link = event.currentTarget;
  if (!(link instanceof HTMLAnchorElement)) return;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(new URL(link.href));
  window.scrollTo(0, 0);
}
