import type { DashboardAnswer } from "../api-types.ts";
import { address, navigate } from "./address.ts";
import { writePageState, type PageState } from "./page-state.ts";

/** Shows the page in another state: a new address, which the back button undoes. */
export function goToState(state: PageState, page: DashboardAnswer): void {
  const url = new URL(address.value);
  const language = url.searchParams.get("lang");
  url.pathname = `/dashboards/${page.id}`;
  url.search = writePageState(state, page.filters).toString();
  if (language !== null) url.searchParams.set("lang", language);
  navigate(url);
}
