import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { chosenStop, chosenVehicle, plan } from "./planner-state.ts";

interface ScrollBoxProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A region that scrolls; what is chosen elsewhere comes into its view without moving the page. */
export function ScrollBox({ label, children }: ScrollBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current !== null) showChosen(box.current);
  }, [chosenStop.value, chosenVehicle.value, plan.value]);
  return (
    <div ref={box} class="planner-scroll" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

/** Room left between what is chosen and the edge, in pixels; a table's head is that high. */
const MARGIN = 40;

function showChosen(box: HTMLElement): void {
  const chosen = box.querySelector(".is-chosen")?.getBoundingClientRect();
  if (chosen === undefined) return;
  const { top, bottom, left, right } = box.getBoundingClientRect();
  if (chosen.top < top + MARGIN) box.scrollTop -= top + MARGIN - chosen.top;
  else if (chosen.bottom > bottom) box.scrollTop += chosen.bottom - bottom + MARGIN;
  // A row is wider than the box and stays where it is.
  if (chosen.width > right - left) return;
  if (chosen.left < left) box.scrollLeft -= left + MARGIN - chosen.left;
  else if (chosen.right > right) box.scrollLeft += chosen.right - right + MARGIN;
}
