/** What the page shows; everything of it stands in the address. Settings are texts as typed; "" is the API's default. */
export interface InventoryQuestion {
  readonly product: string;
  readonly market: string;
  readonly leadTimeDays: string;
  readonly target: string;
  /** Landed cost of a unit in minor units, for the price question. */
  readonly unitCostMinor: string;
}

/** Names of the settings in the order they stand on the page. */
export const QUESTION_FIELDS = ["product", "market", "leadTimeDays", "target", "unitCostMinor"] as const;
const NUMBERS: readonly string[] = ["leadTimeDays", "target", "unitCostMinor"];

/** Reads the address; what makes no sense counts as not said. */
export function readQuestion(params: URLSearchParams): InventoryQuestion {
  const read = (name: (typeof QUESTION_FIELDS)[number]): string => {
    const value = (params.get(name) ?? "").trim();
    if (NUMBERS.includes(name)) return Number.isFinite(Number(value)) ? value : "";
    return name === "market" && !/^[A-Z]{2}$/.test(value) ? "" : value;
  };
  return {
    product: read("product"),
    market: read("market"),
    leadTimeDays: read("leadTimeDays"),
    target: read("target"),
    unitCostMinor: read("unitCostMinor"),
  };
}

/** Address parameters of a question; defaults are left out. */
export function writeQuestion(question: InventoryQuestion): URLSearchParams {
  return new URLSearchParams(
    QUESTION_FIELDS.flatMap((name) => (question[name] === "" ? [] : [[name, question[name]]])),
  );
}

export function forecastPath({ product, market }: InventoryQuestion): string {
  return `/v1/forecasts?${collect({ product, market, horizon: "28" })}`;
}

export function reorderPath({ market, leadTimeDays, target }: InventoryQuestion): string {
  return `/v1/inventory/reorder?${collect({ market, leadTimeDays, target, limit: "50" })}`;
}

/** Columns by which the list of risks is sorted. */
export type RiskSort = "stockoutRisk" | "expectedShortage" | "expectedLostMinor" | "coverDays";

export function riskPath({ market, leadTimeDays, target }: InventoryQuestion, sort: RiskSort): string {
  return `/v1/inventory/reorder?${collect({ market, leadTimeDays, target, sort, limit: "20" })}`;
}

function collect(values: Readonly<Record<string, string>>): string {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "")).toString();
}
