import type { DashboardAnswer } from "../api-types.ts";
import { showSettings } from "./address.ts";
import { writePageState, type PageState } from "./page-state.ts";

/** Shows the page in another state: a new address, which the back button undoes. */
export function goToState(state: PageState, page: DashboardAnswer): void {
  showSettings(writePageState(state, page.filters), page.id);
}
