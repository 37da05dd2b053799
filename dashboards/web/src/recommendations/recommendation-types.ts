/** Answers of GET and POST /v1/recommendations/…, as far as the page reads them. */

export interface ReasonAnswer {
  readonly kind: string;
  readonly withItemId?: string;
  readonly support?: number;
  readonly orders?: number;
  readonly on?: string;
  readonly market?: string | null;
}

export interface ShelfItem {
  readonly itemId: string;
  readonly title: string;
  readonly category: string | null;
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly score: number;
  readonly reason: ReasonAnswer;
  readonly contributions?: readonly { readonly itemId: string; readonly share: number }[];
}

export interface ShelfAnswer {
  readonly market: string | null;
  readonly level: string;
  readonly items: readonly ShelfItem[];
  readonly ignored: readonly string[];
}
