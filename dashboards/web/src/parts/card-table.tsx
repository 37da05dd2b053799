import type { ComponentChildren } from "preact";

interface CardTableProps {
  /** Of the card whose heading names the table. */
  readonly card: string;
  /** For a screen reader, where the heading of the card does not say enough. */
  readonly caption?: string;
  readonly isBusy?: boolean;
  /** Head and body. */
  readonly children: ComponentChildren;
}

/** The table of a card, in a region that scrolls where it is too wide. */
export function CardTable({ card, caption, isBusy, children }: CardTableProps) {
  return (
    <div class="table-scroll" role="region" aria-labelledby={`card-${card}`} tabIndex={0}>
      <table class="data-table" aria-busy={isBusy}>
        {caption !== undefined && <caption class="visually-hidden">{caption}</caption>}
        {children}
      </table>
    </div>
  );
}
