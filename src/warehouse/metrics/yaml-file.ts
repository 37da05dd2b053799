import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isMap, isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { FieldFault } from "../../core/errors.ts";

/** Where in a file's value a fault lies, e.g. ["cards", 0, "kind"]. */
export type ValuePath = readonly (string | number)[];

/** A parsed YAML file that can say on which line a value stands. */
export interface YamlFile {
  /** File name without its ending. */
  readonly stem: string;
  readonly value: unknown;
  /** Faults of the syntax itself; then `value` is not usable. */
  readonly syntaxFaults: readonly FieldFault[];
  /** Names `file:line:column` and the path of a value, or of the key itself when `atKey`. */
  fault(path: ValuePath, message: string, atKey?: boolean): FieldFault;
}

export function readYamlFile(path: string): YamlFile {
  const shown = join(basename(dirname(path)), basename(path));
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${shown}:${line}:${col}`;
  };
  return {
    stem: basename(path).replace(/\.ya?ml$/, ""),
    value: document.errors.length === 0 ? document.toJS() : undefined,
    syntaxFaults: document.errors.map((error) => ({ pointer: place(error.pos[0]), message: error.message })),
    fault: (at, message, atKey = false) => ({
      pointer: place(findOffset(document, at, atKey)),
      message: at.length === 0 ? message : `${showPath(at)} ${message}`,
    }),
  };
}

/** Offset of the value at the path, or of the nearest thing above it that exists. */
function findOffset(document: Document, path: ValuePath, atKey: boolean): number {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? null : document.getIn(path.slice(0, length - 1), true);
    if (atKey && length === path.length && isMap(parent)) {
      const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === String(path[length - 1]));
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** `cards[0].kind`, as a person would write it. */
function showPath(path: ValuePath): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}
