import type { DashboardListAnswer } from "../api-types.ts";
import { INVENTORY_PAGE } from "../inventory/inventory-page.tsx";
import { RECOMMENDATIONS_PAGE } from "../recommendations/recommendations-page.tsx";
import { addressOfPage, addressOfPlanner, followLink, isPlanner, language } from "../state/address.ts";
import { text } from "../state/text.ts";

interface SidebarProps {
  readonly dashboards: DashboardListAnswer["dashboards"];
  readonly current: string | undefined;
  readonly release: string | undefined;
}

/** Name of the product and the list of pages; beside the content on a desk, above it on a phone. */
export function Sidebar({ dashboards, current, release }: SidebarProps) {
  const pages = [
    ...dashboards.map(({ id, title }) => ({ id, title: title[language.value] })),
    { id: RECOMMENDATIONS_PAGE, title: text("rec.title") },
    { id: INVENTORY_PAGE, title: text("stock.title") },
  ];
  return (
    <div class="sidebar">
      <p class="brand">
        <img src="/icon.svg" alt="" width="30" height="30" />
        <span>
          <strong>{text("app.name")}</strong>
          <span class="brand-line">{text("app.tagline")}</span>
        </span>
      </p>
      <nav aria-label={text("app.pages")}>
        <ul class="pages">
          {pages.map((page) => (
            <li key={page.id}>
              <a
                href={addressOfPage(page.id).href}
                aria-current={page.id === current ? "page" : undefined}
                onClick={followLink}
              >
                {page.title}
              </a>
            </li>
          ))}
          <li>
            <a href={addressOfPlanner().href} aria-current={isPlanner.value ? "page" : undefined} onClick={followLink}>
              {text("planner.title")}
            </a>
          </li>
        </ul>
      </nav>
      {release !== undefined && <p class="release">{text("app.release", { release })}</p>}
    </div>
  );
}
