/** A text as an SQL literal, for the few statements (ATTACH, SET) that take no bound parameters. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
