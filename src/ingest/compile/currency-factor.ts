import { minorDigits } from "../../core/money.ts";
import { readCurrencyCodes } from "../declare/value-maps.ts";
import { literal } from "./sql-text.ts";

/** SQL of the minor units in one major unit of the currency `currency` (an SQL expression). */
export function currencyFactor(currency: string, constant: string | undefined): string {
  if (constant !== undefined) return String(10 ** minorDigits(constant));
  const odd = new Map<number, string[]>();
  for (const code of readCurrencyCodes()) {
    const digits = minorDigits(code);
    if (digits !== 2) odd.set(digits, [...(odd.get(digits) ?? []), literal(code)]);
  }
  const cases = [...odd].map(([digits, codes]) => `WHEN ${currency} IN (${codes.join(", ")}) THEN ${10 ** digits}`);
  return `CAST(CASE ${cases.join(" ")} ELSE 100 END AS DECIMAL(4, 0))`;
}
