import type { DashboardAnswer } from "../api-types.ts";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";

/** A domain without data says so, and what to load; it never shows made-up numbers. */
export function NoDataYet({ page }: { readonly page: DashboardAnswer }) {
  const datasets = page.noData?.datasets ?? [];
  return (
    <section class="no-data" aria-labelledby="no-data">
      <svg class="no-data-art" viewBox="0 0 120 64" aria-hidden="true">
        <rect x="8" y="38" width="20" height="22" rx="3" />
        <rect x="36" y="24" width="20" height="36" rx="3" />
        <rect x="64" y="32" width="20" height="28" rx="3" />
        <rect x="92" y="10" width="20" height="50" rx="3" />
      </svg>
      <h2 id="no-data">{text("page.noData")}</h2>
      <p>{page.noData?.message[language.value]}</p>
      {datasets.length > 0 && (
        <>
          <h3>{text("page.noDataDatasets")}</h3>
          <ul>
            {datasets.map((dataset) => (
              <li key={dataset}>
                <code>{text("page.noDataCommand", { dataset })}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
