import { grainOf, type PageScope } from "../data/card-query.ts";
import { Segments } from "../parts/segments.tsx";
import { goToState } from "../state/go-to-state.ts";
import { TIME_GRAINS } from "../state/page-state.ts";
import { text } from "../state/text.ts";

/** Days, weeks or months, for all trends of the page. */
export function GrainSwitch({ scope }: { readonly scope: PageScope }) {
  return (
    <Segments
      label={text("grain.label")}
      options={TIME_GRAINS.map((grain) => ({ value: grain, label: text(`grain.${grain}`) }))}
      chosen={grainOf(scope)}
      onChoose={(grain) => goToState({ ...scope.state, grain }, scope.page)}
    />
  );
}
