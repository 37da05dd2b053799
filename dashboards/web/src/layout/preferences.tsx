import { IconButton } from "../parts/icon-button.tsx";
import { Segments } from "../parts/segments.tsx";
import { chooseLanguage, language } from "../state/address.ts";
import { text } from "../state/text.ts";
import { chooseTheme, theme } from "../state/theme.ts";
import type { Language } from "../text/messages.ts";

const LANGUAGES: readonly Language[] = ["en", "zh"];

/** Language and theme. */
export function Preferences() {
  const next = theme.value === "dark" ? "light" : "dark";
  return (
    <div class="preferences">
      <Segments
        label={text("language.label")}
        options={LANGUAGES.map((choice) => ({ value: choice, label: text(`language.${choice}`), lang: choice }))}
        chosen={language.value}
        onChoose={chooseLanguage}
      />
      <IconButton
        icon={next === "dark" ? "moon" : "sun"}
        label={text(next === "dark" ? "theme.toDark" : "theme.toLight")}
        onClick={() => chooseTheme(next)}
      />
    </div>
  );
}
