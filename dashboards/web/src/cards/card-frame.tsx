import type { ComponentChildren } from "preact";

import type { MetricDescription } from "../api-types.ts";
import { Dropdown } from "../parts/dropdown.tsx";
import { Icon } from "../parts/icon.tsx";
import { IconButton } from "../parts/icon-button.tsx";
import { language } from "../state/address.ts";
import { text } from "../state/text.ts";
import type { CardAge } from "./card-age.ts";

interface CardFrameProps {
  readonly id: string;
  readonly kind: string;
  readonly width: number;
  readonly title: string;
  readonly unit: string | undefined;
  readonly metrics: readonly MetricDescription[];
  readonly age: CardAge;
  readonly isBusy: boolean;
  /** Undefined where the card is a table or a number already. */
  readonly showsTable: boolean | undefined;
  readonly onToggleTable: () => void;
  /** Undefined while there is nothing to download. */
  readonly onDownload: (() => void) | undefined;
  readonly notes: readonly string[];
  readonly children: ComponentChildren;
}

/** What every card has: title with unit, definition, table switch, download, and the age of its data. */
export function CardFrame(props: CardFrameProps) {
  const { id, title, unit, age } = props;
  return (
    <section
      class={`card card-${props.kind} span-${props.width}`}
      aria-labelledby={`card-${id}`}
      aria-busy={props.isBusy}
    >
      <header class="card-header">
        <h2 class="card-title" id={`card-${id}`}>
          {title}
          {unit !== undefined && <span class="card-unit">{unit}</span>}
        </h2>
        <div class="card-tools">
          <Dropdown
            buttonClass="icon-button"
            button={<Icon name="info" />}
            label={text("card.about", { card: title })}
            align="end"
          >
            {() => <Definitions metrics={props.metrics} notes={props.notes} />}
          </Dropdown>
          {props.showsTable !== undefined && (
            <IconButton
              icon={props.showsTable ? "chart" : "table"}
              label={text(props.showsTable ? "card.showChart" : "card.showTable", { card: title })}
              onClick={props.onToggleTable}
            />
          )}
          {props.onDownload !== undefined && (
            <IconButton icon="download" label={text("card.download", { card: title })} onClick={props.onDownload} />
          )}
        </div>
      </header>
      <div class="card-body">{props.children}</div>
      <footer class="card-footer">
        <span class={`age age-${age.kind}`}>{age.text}</span>
        {/* Numbers have no room for notes and trends draw theirs; the definition has them all. */}
        {(props.kind === "kpi" || props.kind === "trend" ? [] : props.notes).map((note) => (
          <span key={note} class="card-note">
            {note}
          </span>
        ))}
      </footer>
    </section>
  );
}

function Definitions({ metrics, notes }: Pick<CardFrameProps, "metrics" | "notes">) {
  return (
    <dl class="definitions">
      {metrics.map((metric) => (
        <div key={metric.name}>
          <dt>{metric.label[language.value]}</dt>
          <dd>{metric.definition[language.value]}</dd>
        </div>
      ))}
      {notes.length > 0 && (
        <div>
          <dt>{text("card.notes")}</dt>
          {notes.map((note) => (
            <dd key={note}>{note}</dd>
          ))}
        </div>
      )}
    </dl>
  );
}
