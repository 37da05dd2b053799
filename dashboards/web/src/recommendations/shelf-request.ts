export const SUBJECTS = ["popular", "customer", "item", "basket"] as const;
export type Subject = (typeof SUBJECTS)[number];

/** The two settings that stand side by side. */
export const SIDES = ["a", "b"] as const;
export type Side = (typeof SIDES)[number];

/** Settings of one side by the names of the API; what is missing is the API's default. */
export const SETTINGS = [
  "model",
  "diversity",
  "marginWeight",
  "deliveryWeight",
  "maxPerCategory",
  "priceFromMinor",
  "priceToMinor",
  "categoriesAny",
  "coolDownDays",
  "excludePurchased",
] as const;
export type Setting = (typeof SETTINGS)[number];
export type Settings = Readonly<Partial<Record<Setting, string>>>;

type ModelName = "collaborative" | "co-purchase" | "popular";

/** What `model` may be for a subject; an empty list where there is nothing to choose. */
export const MODELS: Readonly<Record<Subject, readonly ModelName[]>> = {
  popular: [],
  customer: ["collaborative", "co-purchase", "popular"],
  item: ["collaborative", "co-purchase", "popular"],
  basket: [],
};

/** What the page asks for; all of it stands in the address. */
export interface ShelfQuestion {
  readonly subject: Subject;
  /** Id of the customer or item, or ids of the basket with commas between. */
  readonly id: string;
  /** ISO 3166-1 alpha-2; empty: the customer's, else none. */
  readonly market: string;
  readonly sides: Readonly<Record<Side, Settings>>;
}

const ITEMS = 10;
const NUMBERS: readonly Setting[] = [
  "diversity",
  "marginWeight",
  "deliveryWeight",
  "maxPerCategory",
  "priceFromMinor",
  "priceToMinor",
  "coolDownDays",
];
/** What only the list of a customer can be asked with. */
export const OF_CUSTOMERS: readonly Setting[] = ["coolDownDays", "excludePurchased"];

/** Reads the address; what makes no sense counts as not said. */
export function readQuestion(params: URLSearchParams): ShelfQuestion {
  const market = (params.get("market") ?? "").toUpperCase();
  return {
    subject: SUBJECTS.find((subject) => subject === params.get("for")) ?? "popular",
    id: (params.get("id") ?? "").trim(),
    market: /^[A-Z]{2}$/.test(market) ? market : "",
    sides: { a: readSettings(params, "a"), b: readSettings(params, "b") },
  };
}

function readSettings(params: URLSearchParams, side: Side): Settings {
  const settings: Partial<Record<Setting, string>> = {};
  for (const name of SETTINGS) {
    const value = params.get(`${side}.${name}`)?.trim() ?? "";
    const isNumber = value !== "" && Number.isFinite(Number(value));
    if (NUMBERS.includes(name) ? isNumber : value !== "") settings[name] = value;
  }
  return settings;
}

/** Address parameters of a question; empty ones are left out. */
export function writeQuestion({ subject, id, market, sides }: ShelfQuestion): URLSearchParams {
  const params = new URLSearchParams({ for: subject });
  if (id !== "") params.set("id", id);
  if (market !== "") params.set("market", market);
  for (const side of SIDES) {
    for (const [name, value] of Object.entries(sides[side])) params.set(`${side}.${name}`, value);
  }
  return params;
}

export interface ShelfCall {
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** The API call of one side; undefined while the subject has no id. */
export function toCall({ subject, id, market, sides }: ShelfQuestion, side: Side): ShelfCall | undefined {
  const { excludePurchased, coolDownDays, categoriesAny, model, ...numbers } = sides[side];
  const knobs: Record<string, string | number | boolean | string[]> = { n: ITEMS, explain: true };
  if (market !== "") knobs["market"] = market;
  if (model !== undefined && MODELS[subject].some((name) => name === model)) knobs["model"] = model;
  if (categoriesAny !== undefined) knobs["categoriesAny"] = splitList(categoriesAny);
  for (const [name, value] of Object.entries(numbers)) knobs[name] = Number(value);
  if (subject === "basket") {
    const items = splitList(id);
    return items.length === 0 ? undefined : { path: "/v1/recommendations/basket", body: { ...knobs, items } };
  }
  if (subject === "customer" && excludePurchased === "false") knobs["excludePurchased"] = false;
  if (subject === "customer" && coolDownDays !== undefined) knobs["coolDownDays"] = Number(coolDownDays);
  if (subject !== "popular" && id === "") return undefined;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(knobs)) {
    for (const each of Array.isArray(value) ? value : [String(value)]) query.append(name, each);
  }
  return { path: `/v1/recommendations/${pathOf(subject, encodeURIComponent(id))}?${query.toString()}` };
}

function pathOf(subject: Subject, id: string): string {
  if (subject === "customer") return `customers/${id}`;
  return subject === "item" ? `items/${id}/similar` : "popular";
}

/** Parts of a text with commas between, each once. */
export function splitList(text: string): string[] {
  return [...new Set(text.split(",").map((part) => part.trim()))].filter((part) => part !== "");
}
