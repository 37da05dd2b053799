interface ColumnHeadsProps {
  /** Heads of columns of words, then of columns of numbers. */
  readonly words: readonly string[];
  readonly numbers: readonly string[];
}

/** The head of a table. */
export function ColumnHeads({ words, numbers }: ColumnHeadsProps) {
  return (
    <thead>
      <tr>
        {words.map((head) => (
          <th key={head} scope="col">
            {head}
          </th>
        ))}
        {numbers.map((head) => (
          <th key={head} scope="col" class="number">
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}
