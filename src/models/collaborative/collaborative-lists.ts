import { decodeCollaborative } from "./artefacts.ts";

/** Items best first; all arrays equally long. Numbers are those of the recommender that reads them. */
export interface RankedList {
  readonly items: Int32Array;
  /** Above 0, falling. */
  readonly scores: Float32Array;
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
 * other does not know is left out. O(places) once; an answer is a view of the arrays and costs nothing.
 */
export function readCollaborativeLists(
  read: (name: string) => Uint8Array,
  numbering: { readonly items: Names; readonly customers: Names },
): CollaborativeLists {
  const { items, customers, lists } = decodeCollaborative(read);
  const itemNumber = renumber(items, numbering.items);
  const ownRow = renumber(numbering.customers, customers);
  const places = lists.item.length;
  const rowPtr = new Int32Array(customers.id.length + 1);
  const [own, because, support] = [new Int32Array(places), new Int32Array(places), new Int32Array(places)];
  const scores = new Float32Array(places);
  let length = 0;
  for (let row = 0; row < customers.id.length; row++) {
    for (let at = lists.rowPtr[row] as number; at < (lists.rowPtr[row + 1] as number); at++) {
      const item = itemNumber[lists.item[at] as number] as number;
      const speaker = itemNumber[lists.because[at] as number] as number;
      if (item < 0 || speaker < 0) continue;
      own[length] = item;
      because[length] = speaker;
      scores[length] = lists.score[at] as number;
      support[length++] = lists.support[at] as number;
    }
    rowPtr[row + 1] = length;
  }
  return {
    forCustomer: (customer) => {
      const row = ownRow[customer] ?? -1;
      if (row < 0) return undefined;
      const [from, to] = [rowPtr[row] as number, rowPtr[row + 1] as number];
      if (from === to) return undefined;
      return {
        items: own.subarray(from, to),
        scores: scores.subarray(from, to),
        because: because.subarray(from, to),
        support: support.subarray(from, to),
      };
    },
  };
}

/** The number in `to` of each name of `from`; −1 for none. */
function renumber(from: Names, to: Names): Int32Array {
  const numbers = new Map(to.id.map((id, at) => [`${to.store[at] as string}\n${id}`, at]));
  return Int32Array.from(from.id, (id, at) => numbers.get(`${from.store[at] as string}\n${id}`) ?? -1);
}
