/** Words in both languages of the pages. */
export interface LocalizedText {
  readonly en: string;
  readonly zh: string;
}

/** money: minor units of a currency; percent: a fraction (0.25 is shown as 25 %); ratio: a bare number. */
export type MetricUnit = "money" | "count" | "percent" | "ratio" | "days" | "kg";

/** sum: parts add up over every dimension; semi: over some; non: never. */
export type Additivity = "sum" | "semi" | "non";

interface MetricCommon {
  readonly name: string;
  readonly label: LocalizedText;
  readonly definition: LocalizedText;
  readonly unit: MetricUnit;
  readonly additivity: Additivity;
  /** Dimensions the metric can be cut and filtered by; a ratio or formula has those all its parts share. */
  readonly grain: readonly string[];
  /** Which way is good. */
  readonly direction: "up" | "down" | "neutral";
  readonly owner: string;
  /** Domain of mart_freshness whose age is the metric's age. */
  readonly domain: string;
  readonly freshness: string;
  /** The aggregate of a simple metric, the formula over other metrics of the others. */
  readonly sql: string;
}

/** One aggregate over one mart table. */
export interface SimpleMetric extends MetricCommon {
  readonly type: "simple";
  readonly table: string;
  readonly filter?: string;
}

/** Σ numerator / Σ denominator at the queried grain. */
export interface RatioMetric extends MetricCommon {
  readonly type: "ratio";
  readonly numerator: string;
  readonly denominator: string;
  /** Condition on the rows of both sides. */
  readonly filter?: string;
}

/** A formula over metrics, each at the queried grain. */
export interface DerivedMetric extends MetricCommon {
  readonly type: "derived";
  readonly expression: string;
}

export type Metric = SimpleMetric | RatioMetric | DerivedMetric;

/** All governed metrics by name, in the order of their names. */
export interface MetricCatalogue {
  readonly metrics: ReadonlyMap<string, Metric>;
}
