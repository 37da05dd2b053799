import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

interface DropdownProps {
  /** What the button says. */
  readonly button: ComponentChildren;
  readonly buttonClass: string;
  /** Name of the button, where its content does not say enough, and of the panel. */
  readonly label: string;
  readonly align?: "start" | "end";
  readonly children: (close: () => void) => ComponentChildren;
}

/** A button that opens a panel under it. Escape, a click elsewhere and leaving with Tab close it. */
export function Dropdown({ button, buttonClass, label, align = "start", children }: DropdownProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  const close = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };

  useEffect(() => {
    if (!isOpen) return undefined;
    const closeFromOutside = (event: Event): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener("pointerdown", closeFromOutside);
    document.addEventListener("focusin", closeFromOutside);
    return () => {
      document.removeEventListener("pointerdown", closeFromOutside);
      document.removeEventListener("focusin", closeFromOutside);
    };
  }, [isOpen]);

  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !isOpen) return;
    event.stopPropagation();
    close();
  };

  return (
    <div class="dropdown" ref={root} onKeyDown={closeOnEscape}>
      <button
        type="button"
        ref={trigger}
        class={buttonClass}
        aria-label={label}
        title={label}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen && (
        <div id={panelId} class={`dropdown-panel dropdown-panel-${align}`} role="dialog" aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
