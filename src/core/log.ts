type Fields = Readonly<Record<string, unknown>>;

/** The shape of pino that rooms may rely on: event-style names (`job.finished`) with figures. */
export interface Logger {
  debug(fields: Fields, event: string): void;
  info(fields: Fields, event: string): void;
  warn(fields: Fields, event: string): void;
  error(fields: Fields, event: string): void;
}

export const silentLogger: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
