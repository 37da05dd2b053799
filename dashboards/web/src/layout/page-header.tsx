import { useEffect } from "preact/hooks";

import { Preferences } from "./preferences.tsx";
import { text } from "../state/text.ts";

interface PageHeaderProps {
  /** Empty while it is not known. */
  readonly title: string;
  readonly description: string | undefined;
}

/** Name and purpose of a page, in the window's title too, and the reader's preferences. */
export function PageHeader({ title, description }: PageHeaderProps) {
  useEffect(() => {
    document.title = title === "" ? text("app.name") : `${title} · ${text("app.name")}`;
  }, [title]);
  return (
    <header class="page-header">
      <div>
        <h1>{title}</h1>
        {description !== undefined && <p class="page-description">{description}</p>}
      </div>
      <Preferences />
    </header>
  );
}
