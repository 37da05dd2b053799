import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface PanelProps {
  readonly name: string;
  readonly title: string;
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the planner with its heading. */
export function Panel({ name, title, tools, children }: PanelProps) {
  const id = useId();
  return (
    <section class={`card planner-${name}`} aria-labelledby={id}>
      <header class="card-header">
        <h2 class="card-title" id={id}>
          {title}
        </h2>
        {tools !== undefined && <div class="planner-tools">{tools}</div>}
      </header>
      {children}
    </section>
  );
}
