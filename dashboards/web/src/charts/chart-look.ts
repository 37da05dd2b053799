/** Colours and type of charts, taken from the design tokens of the theme on screen. */
export interface ChartLook {
  readonly fontFamily: string;
  readonly text: string;
  readonly textSoft: string;
  readonly surface: string;
  readonly grid: string;
  readonly series: string;
  readonly seriesSoft: string;
  readonly previous: string;
  readonly land: string;
  readonly border: string;
  readonly shades: readonly string[];
}

/** Reads the tokens from a live element: its computed colour has the theme's side of light-dark() already chosen. */
export function readChartLook(host: HTMLElement): ChartLook {
  const probe = document.createElement("span");
  host.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const look: ChartLook = {
    fontFamily: getComputedStyle(host).fontFamily,
    text: read("text"),
    textSoft: read("text-soft"),
    surface: read("surface"),
    grid: read("grid"),
    series: read("series"),
    seriesSoft: read("series-soft"),
    previous: read("previous"),
    land: read("map-land"),
    border: read("surface"),
    shades: [1, 2, 3, 4, 5].map((shade) => read(`map-${shade}`)),
  };
  probe.remove();
  return look;
}
