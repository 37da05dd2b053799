import type { IsoDate } from "../../core/dates.ts";
import type { LocalizedText } from "./metric.ts";

/** Something a reader of the numbers must know. */
export type Note =
  | { readonly kind: "no-data" }
  | { readonly kind: "data-bounds"; readonly first: IsoDate; readonly last: IsoDate }
  | { readonly kind: "comparison-outside"; readonly first: IsoDate; readonly last: IsoDate }
  | { readonly kind: "comparison-undated" }
  | { readonly kind: "undated"; readonly rows: number }
  | { readonly kind: "converted"; readonly currency: string }
  | { readonly kind: "rate-missing"; readonly currency: string; readonly rows: number }
  | { readonly kind: "partial-period"; readonly period: IsoDate }
  | { readonly kind: "store-added" }
  | { readonly kind: "truncated"; readonly shown: number; readonly total: number };

/** The notes as sentences, each once. */
export function renderNotes(notes: readonly Note[], language: "en" | "zh"): string[] {
  return [...new Set(notes.map((note) => describeNote(note)[language]))];
}

function describeNote(note: Note): LocalizedText {
  switch (note.kind) {
    case "no-data":
      return {
        en: "No data has been loaded for this selection; its values are empty, not zero.",
        zh: "此选择尚未加载任何数据；数值为空，而不是零。",
      };
    case "data-bounds":
      return {
        en: `The window reaches beyond the data, which runs from ${note.first} to ${note.last}.`,
        zh: `所选期间超出数据范围（${note.first} 至 ${note.last}）。`,
      };
    case "comparison-outside":
      return {
        en: `The compared window reaches beyond the data (${note.first} to ${note.last}); what it does not cover is left empty.`,
        zh: `对比期间超出数据范围（${note.first} 至 ${note.last}）；未覆盖的数值留空。`,
      };
    case "comparison-undated":
      return {
        en: "The data carries no dates, so there is no earlier period to compare with.",
        zh: "数据不含日期，因此没有可对比的更早期间。",
      };
    case "undated":
      return {
        en: `Left out for want of a date: ${countRows(note.rows)}.`,
        zh: `${showNumber(note.rows)} 行没有日期，未计入。`,
      };
    case "converted":
      return {
        en: `Amounts of other currencies are converted to ${note.currency} at the reference rate of each day.`,
        zh: `其他货币的金额按每日参考汇率折算为 ${note.currency}。`,
      };
    case "rate-missing":
      return {
        en: `Left out of amounts for want of a ${note.currency} exchange rate on their day: ${countRows(note.rows)}.`,
        zh: `${showNumber(note.rows)} 行 ${note.currency} 金额当日没有汇率，未计入金额。`,
      };
    case "partial-period":
      return {
        en: `The period starting on ${note.period} is covered only in part.`,
        zh: `自 ${note.period} 起的期间仅被部分覆盖。`,
      };
    case "store-added":
      return {
        en: "Product numbers belong to a store, so the store is shown with them.",
        zh: "商品编号属于店铺，因此同时显示店铺。",
      };
    default:
      return {
        en: `Showing ${showNumber(note.shown)} of ${countRows(note.total)}.`,
        zh: `显示 ${showNumber(note.total)} 行中的 ${showNumber(note.shown)} 行。`,
      };
  }
}

function countRows(rows: number): string {
  return `${showNumber(rows)} ${rows === 1 ? "row" : "rows"}`;
}

function showNumber(value: number): string {
  return value.toLocaleString("en");
}
