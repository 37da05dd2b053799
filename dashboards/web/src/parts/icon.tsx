const PATHS = {
  calendar:
    "M5 4.500v-2M11 4.500v-2M2.500 6.500h11M3.500 3.500h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1z",
  chart: "M2.500 2.500v11h11M5 10.500l2.500-3 2 1.500 3.500-4.500",
  check: "M3.500 8.500l3 3 6-7",
  chevron: "M4.500 6.500l3.500 3.500 3.500-3.500",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.800v3.400l2.200 1.400",
  close: "M4.500 4.500l7 7M11.500 4.500l-7 7",
  download: "M8 2.500v7.500M4.800 7l3.200 3.200L11.200 7M3 13.500h10",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.400v3.400M8 5.100v.100",
  moon: "M13.200 9.600A5.700 5.700 0 0 1 6.400 2.800a5.700 5.700 0 1 0 6.800 6.800z",
  search: "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.400 10.400l3.100 3.100",
  sun: "M8 10.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600zM8 1.500v1.300M8 13.200v1.300M1.500 8h1.300M13.200 8h1.300M3.400 3.400l.9.9M11.700 11.700l.9.9M12.600 3.400l-.9.9M4.300 11.700l-.9.9",
  table: "M2.500 3.500h11v9h-11zM2.500 6.500h11M2.500 9.500h11M6.500 6.500v6",
  undo: "M3 6.500h6.500a3.500 3.500 0 1 1 0 7H6M3 6.500l3-3M3 6.500l3 3",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing beside or instead of words; the words for a screen reader belong to its button. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
