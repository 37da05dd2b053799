/** Lines of a tooltip: what the point is, then names and values. */
export interface TooltipContent {
  readonly title: string;
  readonly lines: readonly { readonly name: string; readonly value: string; readonly kind?: "now" | "before" }[];
}

/** A tooltip of elements and classes: markup with style attributes would break the content security policy. */
export function buildTooltip(content: TooltipContent): HTMLElement {
  const root = createElement("div", "tooltip");
  root.append(createElement("p", "tooltip-title", content.title));
  for (const line of content.lines) {
    const row = createElement("p", `tooltip-line tooltip-line-${line.kind ?? "now"}`);
    row.append(createElement("span", "tooltip-name", line.name), createElement("strong", "", line.value));
    root.append(row);
  }
  return root;
}

function createElement(tag: string, className: string, content = ""): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.textContent = content;
  return element;
}

/** Shared by all charts: the box itself is styled by the class, so that it follows the theme. */
export const TOOLTIP_BOX = {
  className: "tooltip-box",
  renderMode: "html",
  confine: true,
  padding: 0,
  borderWidth: 0,
  backgroundColor: "transparent",
  extraCssText: "box-shadow: none",
  transitionDuration: 0,
} as const;
