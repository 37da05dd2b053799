import { decodeCollaborative } from "./artefacts.ts";

/** Items best first; all arrays equally long. Numbers are those of the recommender that reads them. */
export interface RankedList {
  readonly items: Int32Array;
  /** Above 0, falling. */
  readonly scores: Float64Array;
  /** The history item that adds most to each score. */
  readonly because: Int32Array;
  /** Customers who had both. */
  readonly support: Int32Array;
}

/** The published answers of the collaborative model. */
export interface CollaborativeLists {
  /** Undefined for a customer the model has no list for. */
  forCustomer(customer: number): RankedList | undefined;
}

interface Names {
  readonly store: readonly string[];
  readonly id: readonly string[];
}

/**
 * Reads the artefact and brings it to the numbers of another one, whose release it may not share: ids decide; what the
 * other does not know is left out. O(places).
 */
export function readCollaborativeLists(
  read: (name: string) => Uint8Array,
  numbering: { readonly items: Names; readonly customers: Names },
): CollaborativeLists {
  const { items, customers, lists } = decodeCollaborative(read);
  const itemNumber = renumber(items, numbering.items);
  const ownRow = renumber(numbering.customers, customers);
  return {
    forCustomer: (customer) => {
      const row = ownRow[customer] ?? -1;
      if (row < 0) return undefined;
      const kept: number[] = [];
      for (let at = lists.rowPtr[row] as number; at < (lists.rowPtr[row + 1] as number); at++) {
        const item = itemNumber[lists.item[at] as number] as number;
        const speaker = itemNumber[lists.because[at] as number] as number;
        if (item >= 0 && speaker >= 0) kept.push(at);
      }
      if (kept.length === 0) return undefined;
      return {
        items: Int32Array.from(kept, (at) => itemNumber[lists.item[at] as number] as number),
        scores: Float64Array.from(kept, (at) => lists.score[at] as number),
        because: Int32Array.from(kept, (at) => itemNumber[lists.because[at] as number] as number),
        support: Int32Array.from(kept, (at) => lists.support[at] as number),
      };
    },
  };
}

/** The number in `to` of each name of `from`; −1 for none. */
function renumber(from: Names, to: Names): Int32Array {
  const numbers = new Map(to.id.map((id, at) => [`${to.store[at] as string}\n${id}`, at]));
  return Int32Array.from(from.id, (id, at) => numbers.get(`${from.store[at] as string}\n${id}`) ?? -1);
}
