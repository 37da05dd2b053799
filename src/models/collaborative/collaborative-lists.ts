import type { ItemNeighbours } from "../../algorithms/recommendation/item-neighbours.ts";
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
  /** What each item alone would recommend: the model made sparse. */
  readonly neighbours: ItemNeighbours;
  /** What the lists were made from: the items of a customer, each with its weight, 0 to 1; empty where nothing is known. */
  historyOf(customer: number): WeightedItems;
}

export interface WeightedItems {
  readonly given: Int32Array;
  readonly weights: Float32Array;
}

const NOTHING: WeightedItems = { given: new Int32Array(0), weights: new Float32Array(0) };

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
  has: (name: string) => boolean = () => true,
): CollaborativeLists {
  const { items, customers, lists, neighbours, histories } = decodeCollaborative(read, has);
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
  const ownHistories = histories === undefined ? undefined : renumberHistories(histories, itemNumber);
  return {
    neighbours: renumberNeighbours(neighbours, itemNumber, numbering.items.id.length),
    historyOf: (customer) => {
      const row = ownRow[customer] ?? -1;
      if (row < 0 || ownHistories === undefined) return NOTHING;
      const [from, to] = [ownHistories.rowPtr[row] as number, ownHistories.rowPtr[row + 1] as number];
      return { given: ownHistories.item.subarray(from, to), weights: ownHistories.weight.subarray(from, to) };
    },
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

type Decoded = ReturnType<typeof decodeCollaborative>;

/** Histories by the other's items; what it does not know is left out. */
function renumberHistories(
  { rowPtr, item, weight }: NonNullable<Decoded["histories"]>,
  itemNumber: Int32Array,
): NonNullable<Decoded["histories"]> {
  const ownPtr = new Int32Array(rowPtr.length);
  const [ownItem, ownWeight] = [new Int32Array(item.length), new Float32Array(item.length)];
  let length = 0;
  for (let row = 0; row + 1 < rowPtr.length; row++) {
    for (let at = rowPtr[row] as number; at < (rowPtr[row + 1] as number); at++) {
      const own = itemNumber[item[at] as number] as number;
      if (own < 0) continue;
      ownItem[length] = own;
      ownWeight[length++] = weight[at] as number;
    }
    ownPtr[row + 1] = length;
  }
  return { rowPtr: ownPtr, item: ownItem, weight: ownWeight };
}

/** Neighbours by the other's numbers, rows in its order; items that one of the two does not know have none. */
function renumberNeighbours(
  { rowPtr, neighbour, score, support }: Decoded["neighbours"],
  itemNumber: Int32Array,
  itemCount: number,
): ItemNeighbours {
  const rowOf = new Int32Array(itemCount).fill(-1);
  itemNumber.forEach((own, row) => {
    if (own >= 0) rowOf[own] = row;
  });
  const ownPtr = new Int32Array(itemCount + 1);
  const [ownNeighbour, ownSupport] = [new Int32Array(neighbour.length), new Int32Array(neighbour.length)];
  const ownScore = new Float32Array(neighbour.length);
  let length = 0;
  for (let item = 0; item < itemCount; item++) {
    const row = rowOf[item] as number;
    const [from, to] = row < 0 ? [0, 0] : [rowPtr[row] as number, rowPtr[row + 1] as number];
    for (let at = from; at < to; at++) {
      const own = itemNumber[neighbour[at] as number] as number;
      if (own < 0) continue;
      ownNeighbour[length] = own;
      ownScore[length] = score[at] as number;
      ownSupport[length++] = support[at] as number;
    }
    ownPtr[item + 1] = length;
  }
  return {
    itemCount,
    rowPtr: ownPtr,
    neighbour: ownNeighbour.subarray(0, length),
    score: ownScore.subarray(0, length),
    support: ownSupport.subarray(0, length),
  };
}
