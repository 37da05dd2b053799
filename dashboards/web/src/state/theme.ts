import { signal } from "@preact/signals";

export type Theme = "light" | "dark";

const STORAGE_KEY = "tradewind.theme";
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

function readTheme(): Theme {
  const chosen = document.documentElement.dataset["theme"];
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemIsDark.matches ? "dark" : "light";
}

/** The theme that is on screen: the reader's choice (see public/theme.js), else the system's. */
export const theme = signal<Theme>(readTheme());

systemIsDark.addEventListener("change", () => {
  theme.value = readTheme();
});

export function chooseTheme(choice: Theme): void {
  document.documentElement.dataset["theme"] = choice;
  try {
    window.localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Storage is blocked: the choice lasts until the page is left.
  }
  theme.value = choice;
}
