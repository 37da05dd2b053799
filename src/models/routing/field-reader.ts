import type { FieldFault } from "../../core/errors.ts";

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads fields of an untrusted object, noting every fault with its JSON pointer instead of stopping at the first. A bad
 * field reads as its fallback, so that reading can go on; whoever uses the values checks `faults` first.
 */
export interface FieldReader {
  readonly pointer: string;
  fault(field: string, message: string): void;
  /** Notes every field outside `known`; `unsupported` ones get their own message. */
  refuseOthers(known: readonly string[], unsupported: readonly string[]): void;
  has(field: string): boolean;
  raw(field: string): unknown;
  number(field: string, fallback: number, low: number, high: number): number;
  integer(field: string, fallback: number, low: number, high: number): number;
  text(field: string): string | undefined;
  integers(field: string): number[];
  object(field: string): FieldReader | undefined;
  /** Entries of a list of objects; empty when it is left out. */
  objects(field: string): FieldReader[];
}

export function createFieldReader(entry: Entry, pointer: string, faults: FieldFault[]): FieldReader {
  const fault = (field: string, message: string): void => {
    faults.push({ pointer: `${pointer}/${field}`, message });
  };
  const number = (field: string, fallback: number, low: number, high: number): number => {
    const value = entry[field];
    if (value === undefined) return fallback;
    if (typeof value === "number" && value >= low && value <= high) return value;
    fault(field, `must be a number from ${low} to ${high}`);
    return fallback;
  };
  return {
    pointer,
    fault,
    refuseOthers: (known, unsupported) => {
      for (const field of Object.keys(entry)) {
        if (unsupported.includes(field)) fault(field, "is not supported yet; leave it out");
        else if (!known.includes(field)) fault(field, `is unknown; known are ${known.join(", ")}`);
      }
    },
    has: (field) => entry[field] !== undefined,
    raw: (field) => entry[field],
    number,
    integer: (field, fallback, low, high) => {
      const value = number(field, fallback, low, high);
      if (value === fallback || Number.isInteger(value)) return value;
      fault(field, "must be a whole number");
      return fallback;
    },
    text: (field) => {
      const value = entry[field];
      if (value === undefined || typeof value === "string") return value;
      fault(field, "must be text");
      return undefined;
    },
    integers: (field) => {
      const value = entry[field] ?? [];
      if (Array.isArray(value) && value.every((one) => Number.isInteger(one) && one >= 0 && one <= 1e9))
        return [...value];
      fault(field, "must be a list of whole numbers of at least 0");
      return [];
    },
    object: (field) => {
      const value = entry[field];
      if (value === undefined) return undefined;
      if (isEntry(value)) return createFieldReader(value, `${pointer}/${field}`, faults);
      fault(field, "must be an object");
      return undefined;
    },
    objects: (field) => {
      const value = entry[field] ?? [];
      if (Array.isArray(value) && value.every(isEntry)) {
        return value.map((one, at) => createFieldReader(one, `${pointer}/${field}/${at}`, faults));
      }
      fault(field, "must be a list of objects");
      return [];
    },
  };
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
