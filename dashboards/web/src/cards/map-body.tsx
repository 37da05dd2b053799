import { useEffect, useMemo, useState } from "preact/hooks";

import type { DashboardCard, MetricResult } from "../api-types.ts";
import { Chart } from "../charts/chart.tsx";
import { joinMarkets } from "../charts/join-markets.ts";
import { classOf, findClassBounds, shadeOf } from "../charts/map-classes.ts";
import { buildMapOption, type MapShape } from "../charts/map-option.ts";
import type { PageScope } from "../data/card-query.ts";
import { readPlaces, type Place } from "../data/read-places.ts";
import { Segments } from "../parts/segments.tsx";
import { text } from "../state/text.ts";
import { summarizeChart } from "../text/summarize.ts";
import { MapLegend } from "./map-legend.tsx";

interface MapBodyProps {
  readonly card: DashboardCard;
  readonly scope: PageScope;
  readonly result: MetricResult;
}

interface World {
  readonly name: string;
  readonly shapes: ReadonlySet<string>;
}

/** Every market's land in the shade of its value; markets that the map cannot show are listed under it. */
export function MapBody({ card, scope, result }: MapBodyProps) {
  const { language, catalogue, words } = scope;
  const world = useWorld();
  const [chosen, setChosen] = useState(card.metrics[0] ?? "");
  const read = useMemo(() => readPlaces(result, chosen, words, language), [result, chosen, words, language]);
  const drawn = useMemo(
    () => (read === undefined || world === undefined ? undefined : placeOnMap(read.places, scope, world.shapes)),
    [read, world, catalogue],
  );
  const build = useMemo(() => buildMapOption.bind(undefined, world?.name ?? "", drawn?.shapes ?? []), [drawn]);
  if (read === undefined) return null;
  return (
    <>
      {card.metrics.length > 1 && (
        <Segments
          label={text("chart.shown")}
          options={card.metrics.map((metric) => ({ value: metric, label: words.metric(metric) }))}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      {drawn === undefined ? (
        <div class="skeleton skeleton-map" />
      ) : (
        <>
          <Chart
            size="map"
            summary={summarizeChart("map", card.title[language], read.places, read.column, language)}
            build={build}
          />
          <MapLegend bounds={drawn.bounds} values={drawn.values} column={read.column} language={language} />
          {drawn.offMap.length > 0 && (
            <p class="off-map">
              <span class="off-map-title">{text("chart.noGeometry")}</span>
              {drawn.offMap.map((place) => (
                <span key={place.id} class="off-map-place">
                  {place.name} <strong>{place.valueLabel}</strong>
                </span>
              ))}
            </p>
          )}
        </>
      )}
    </>
  );
}

/** Loads the world with the first map. */
function useWorld(): World | undefined {
  const [world, setWorld] = useState<World>();
  useEffect(() => {
    let isGone = false;
    const load = async (): Promise<void> => {
      const { registerWorldMap, WORLD_MAP } = await import("../charts/world-map.ts");
      if (!isGone) setWorld({ name: WORLD_MAP, shapes: registerWorldMap() });
    };
    void load();
    return () => {
      isGone = true;
    };
  }, []);
  return world;
}

interface DrawnMap {
  readonly shapes: readonly MapShape[];
  readonly offMap: readonly Place[];
  readonly bounds: readonly number[];
  readonly values: readonly number[];
}

function placeOnMap(places: readonly Place[], scope: PageScope, names: ReadonlySet<string>): DrawnMap {
  const byId = new Map(places.map((place) => [String(place.id), place]));
  const markets = places.map((place) => ({ market: place.id, value: place.value }));
  const { onMap, offMap } = joinMarkets(markets, scope.catalogue.markets, names);
  const values = onMap.map((market) => market.value);
  const bounds = findClassBounds(values);
  return {
    bounds,
    values,
    shapes: onMap.map(({ market, shape, value }) => ({
      shape,
      value,
      shade: shadeOf(classOf(value, bounds), bounds.length + 1),
      tooltip: byId.get(market)?.tooltip ?? { title: market, lines: [] },
    })),
    offMap: offMap.flatMap(({ market }) => byId.get(market) ?? []),
  };
}
