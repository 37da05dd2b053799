import type { ReorderEntry } from "./inventory-types.ts";

interface ProductHeadProps {
  readonly entry: ReorderEntry;
  readonly onChoose: () => void;
}

/** The first cell of a product's row: its name and code; pressed, the page shows that product. */
export function ProductHead({ entry: { title, productId }, onChoose }: ProductHeadProps) {
  return (
    <th scope="row">
      <button type="button" class="sort" onClick={onChoose}>
        {title ?? productId}
        <span class="unit">{productId}</span>
      </button>
    </th>
  );
}
