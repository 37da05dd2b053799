import { offerToHeap, sortHeap } from "../../kernels/bounded-heap.ts";
import { sessionCount, type SessionList } from "./session-list.ts";

export interface SessionKnnParams {
  /** Neighbour sessions that vote. */
  readonly neighbours: number;
  /** The newest sessions looked at for each item of the prefix; bounds the time of a call. */
  readonly recentPerItem: number;
  /** Weight of the prefix item that lies i clicks back: decay^i. */
  readonly decay: number;
  /** Votes of an item are multiplied by idf^idfPower, idf = ln(sessions / sessions with the item). */
  readonly idfPower: number;
  /** A vote fades with the distance, in clicks, between the voted item and the last shared item of the neighbour: 1 / (1 + distance·…). 0 ignores it. */
  readonly distanceWeight: number;
  /** Votes for items already in the prefix are multiplied by this; repeats are common in clicks. */
  readonly repeatWeight: number;
}

export const SESSION_KNN_DEFAULTS: SessionKnnParams = {
  neighbours: 500,
  recentPerItem: 2000,
  decay: 0.5,
  idfPower: 1,
  distanceWeight: 0,
  repeatWeight: 1,
};

export interface SessionRanking {
  /** Best first. */
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** Answers the best `n` next items after a prefix of clicks, newest last. Keeps scratch arrays: one scorer serves one thread. */
export type SessionScorer = (prefix: ArrayLike<number>, n: number) => SessionRanking;

/**
 * V-SKNN: sessions that share items with the prefix, weighted towards its newest clicks, vote for what they hold.
 *
 * similarity(s) = Σ over prefix items in s of decay^(clicks back) / √|s|; the best `neighbours` sessions vote for their items
 * with their similarity times decay^(clicks back of the newest shared item) times the item's idf^power.
 *
 * Input: training sessions, oldest first. Output: a scorer for known and new sessions alike (nothing is trained).
 * Time O(prefix·recentPerItem + neighbours·session length) a call, memory O(clicks) once.
 * Source: Ludewig and Jannach, "Evaluation of session-based recommendation algorithms" (UMUAI 2018); the inverted index
 * with recent sessions as in Serenade, Kersbergen et al. (SIGMOD 2022). Departures: exponential decay and a power on idf.
 */
export function fitSessionKnn(train: SessionList, params: SessionKnnParams = SESSION_KNN_DEFAULTS): SessionScorer {
  const sessions = sessionCount(train);
  const index = indexByItem(train);
  const idf = new Float64Array(train.itemCount);
  for (let item = 0; item < train.itemCount; item++) {
    const holders = index.ptr[item + 1] - index.ptr[item];
    if (holders > 0) idf[item] = Math.log(1 + sessions / holders) ** params.idfPower;
  }
  const similarity = new Float64Array(sessions);
  const newestShared = new Int32Array(sessions);
  const votes = new Float64Array(train.itemCount);
  const clicksBack = new Int32Array(train.itemCount).fill(-1);
  const heap = { items: new Int32Array(params.neighbours), scores: new Float32Array(params.neighbours) };
  const { ptr, items } = train;
  const { recentPerItem, decay, distanceWeight, repeatWeight } = params;

  return (prefix, n) => {
    const touched: number[] = [];
    const distinct: number[] = [];
    const decayed = Float64Array.from(prefix, (_, back) => decay ** back);
    for (let back = 0; back < prefix.length; back++) {
      const item = prefix[prefix.length - 1 - back];
      if (item < 0 || item >= train.itemCount || clicksBack[item] >= 0) continue;
      clicksBack[item] = back;
      distinct.push(item);
      const weight = decayed[back];
      const from = Math.max(index.ptr[item], index.ptr[item + 1] - recentPerItem);
      for (let at = from; at < index.ptr[item + 1]; at++) {
        const session = index.sessions[at];
        if (similarity[session] === 0) {
          touched.push(session);
          newestShared[session] = back;
        }
        similarity[session] += weight;
      }
    }

    let kept = 0;
    for (const session of touched) {
      const length = ptr[session + 1] - ptr[session];
      kept = offerToHeap(heap, kept, session, similarity[session] / Math.sqrt(length));
    }
    const voted: number[] = [];
    for (let neighbour = 0; neighbour < kept; neighbour++) {
      const session = heap.items[neighbour];
      const weight = heap.scores[neighbour] * decayed[newestShared[session]];
      const end = ptr[session + 1];
      const shared = distanceWeight > 0 ? placeOfNewest(train, session, clicksBack) : 0;
      for (let at = ptr[session]; at < end; at++) {
        const item = items[at];
        const fade = distanceWeight > 0 ? 1 / (1 + distanceWeight * Math.max(0, Math.abs(at - shared) - 1)) : 1;
        if (votes[item] === 0) voted.push(item);
        votes[item] += weight * idf[item] * fade * (clicksBack[item] >= 0 ? repeatWeight : 1);
      }
    }

    const top = { items: new Int32Array(n), scores: new Float32Array(n) };
    let size = 0;
    for (const item of voted) {
      if (votes[item] > 0) size = offerToHeap(top, size, item, votes[item]);
      votes[item] = 0;
    }
    sortHeap(top, size);
    for (const session of touched) similarity[session] = 0;
    for (const item of distinct) clicksBack[item] = -1;
    return { items: top.items.slice(0, size), scores: top.scores.slice(0, size) };
  };
}

/** Where in the session the prefix item clicked last stands (its last place there). */
function placeOfNewest(train: SessionList, session: number, clicksBack: Int32Array): number {
  let place = train.ptr[session];
  let newest = Infinity;
  for (let at = train.ptr[session]; at < train.ptr[session + 1]; at++) {
    const back = clicksBack[train.items[at]];
    if (back >= 0 && back <= newest) [place, newest] = [at, back];
  }
  return place;
}

/** For each item the sessions that hold it, oldest first, each once. */
function indexByItem(train: SessionList): { ptr: Int32Array; sessions: Int32Array } {
  const ptr = new Int32Array(train.itemCount + 1);
  const lastSession = new Int32Array(train.itemCount).fill(-1);
  const visit = (found: (item: number, session: number) => void): void => {
    lastSession.fill(-1);
    for (let session = 0; session < sessionCount(train); session++) {
      for (let at = train.ptr[session]; at < train.ptr[session + 1]; at++) {
        const item = train.items[at];
        if (lastSession[item] === session) continue;
        lastSession[item] = session;
        found(item, session);
      }
    }
  };
  visit((item) => ptr[item + 1]++);
  for (let item = 0; item < train.itemCount; item++) ptr[item + 1] += ptr[item];
  const next = ptr.slice(0, train.itemCount);
  const sessions = new Int32Array(ptr[train.itemCount]);
  visit((item, session) => (sessions[next[item]++] = session));
  return { ptr, sessions };
}
