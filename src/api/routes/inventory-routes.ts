import { type Static, Type } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { fail } from "../../core/errors.ts";
import { replayPolicy, weighCosts } from "../../models/inventory/assess-policy.ts";
import { listAlerts, type InventoryAlert } from "../../models/inventory/list-alerts.ts";
import { listReorders, type Reorder } from "../../models/inventory/list-reorders.ts";
import { requireMart } from "../../models/require-mart.ts";
import { planPolicy, type PolicySubject } from "../../models/inventory/plan-policy.ts";
import { shareStock, type MarketShare } from "../../models/inventory/share-stock.ts";
import type { ApiServer } from "../api-server.ts";
import { CACHE_FOR_A_MINUTE, releaseOf } from "../plugins/release-lease.ts";
import {
  AlertSchema,
  AlertsQuery,
  AllocationBody,
  MarketShareSchema,
  PolicyAnswerSchema,
  PolicyBody,
  readTerms,
  ReorderQuery,
  ReorderSchema,
} from "../schemas/inventory-schema.ts";
import { list } from "../schemas/list.ts";
import { takePage } from "../schemas/paging.ts";
import { PROBLEM_RESPONSES } from "../schemas/problem-schema.ts";
import { nullableText, STAMP } from "../schemas/stamp.ts";

const tags = ["demand"];
/** Digits that ranks are written with, so that they sort as text. */
const RANK_DIGITS = 7;

/** How much to order, of what, and when. */
export function inventoryRoutes(app: ApiServer): void {
  app.get(
    "/v1/inventory/reorder",
    {
      config: { cacheControl: CACHE_FOR_A_MINUTE },
      schema: {
        operationId: "listReorders",
        summary: "What to reorder, most urgent first",
        description:
          "Levels follow the forecasts; stock comes from inventory snapshots and is null where none is known.",
        tags,
        querystring: ReorderQuery,
        response: {
          200: Type.Object({
            ...STAMP,
            store: Type.String(),
            products: list<Reorder>(ReorderSchema),
            nextCursor: nullableText(),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request) => {
      const { id, asOf } = releaseOf(request);
      const { store, reorders } = await readReorders(request, request.query, request.query.sort);
      const isDue = ({ orderQuantity }: Reorder): boolean => (orderQuantity ?? 0) > 0;
      const wanted = request.query.onlyDue === true ? reorders.filter(isDue) : reorders;
      const { entries, nextCursor } = takeRanked(wanted, request.query);
      return { release: id, asOf, store, products: entries, nextCursor };
    },
  );

  app.get(
    "/v1/inventory/alerts",
    {
      config: { cacheControl: CACHE_FOR_A_MINUTE },
      schema: {
        operationId: "listInventoryAlerts",
        summary: "What is gone, about to run out or too much, by the last night",
        description:
          "Out of stock first, then risks and excess, dearest first. Products without a known stock are not told of.",
        tags,
        querystring: AlertsQuery,
        response: {
          200: Type.Object({
            ...STAMP,
            store: Type.String(),
            alerts: list<InventoryAlert>(AlertSchema),
            nextCursor: nullableText(),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    async (request) => {
      const { id, asOf } = releaseOf(request);
      const { store, reorders } = await readReorders(request, request.query);
      const { entries, nextCursor } = takeRanked(listAlerts(reorders, request.query), request.query);
      return { release: id, asOf, store, alerts: entries, nextCursor };
    },
  );

  app.post(
    "/v1/inventory/policy",
    {
      schema: {
        operationId: "planInventoryPolicy",
        summary: "Stock levels for one product, replayed on its history",
        description:
          "Give `product` (with `market`), or `demand` a step with `stepDays`. Costs are optional, in any one currency.",
        tags,
        body: PolicyBody,
        response: { 200: PolicyAnswerSchema, ...PROBLEM_RESPONSES },
      },
    },
    async (request) => {
      const { id, asOf, stockPlanner } = releaseOf(request);
      const { costs, ordering } = request.body;
      const terms = readTerms(request.body);
      const planned = await planPolicy(stockPlanner, readSubject(request.body), { terms, ordering, costs });
      const { demand, plan, lotSize = null, calibratedOn } = planned;
      return {
        release: id,
        asOf,
        levels: { ...plan, lotSize },
        calibratedOn,
        simulation: (await replayPolicy(demand, terms)) ?? null,
        economics: costs === undefined ? null : weighCosts(demand, terms, costs),
      };
    },
  );

  app.post(
    "/v1/inventory/allocate",
    {
      schema: {
        operationId: "allocateStock",
        summary: "Share scarce stock of a product between markets",
        description: "Each unit goes where its expected margin is greatest; what no market would sell stays back.",
        tags,
        body: AllocationBody,
        response: {
          200: Type.Object({
            ...STAMP,
            markets: list<MarketShare>(MarketShareSchema),
            unallocated: Type.Number(),
          }),
          ...PROBLEM_RESPONSES,
        },
      },
    },
    (request) => {
      const { id, asOf, stockPlanner } = releaseOf(request);
      const { product, units, coverDays, markets } = request.body;
      const store = stockPlanner.findStore(request.body.store);
      const wishes = markets.map(({ market, margin, minimum = 0 }) => ({ market, margin, minimum }));
      const shares = shareStock(stockPlanner, { store, product, units, coverDays }, wishes);
      const unallocated = units - shares.reduce((sum, share) => sum + share.units, 0);
      return { release: id, asOf, markets: shares, unallocated };
    },
  );
}

/** What to reorder of all products of the store and market asked for. */
async function readReorders(
  request: FastifyRequest,
  query: Pick<Static<typeof ReorderQuery>, "store" | "market"> & Parameters<typeof readTerms>[0],
  sort?: Static<typeof ReorderQuery>["sort"],
) {
  const { tables, stockPlanner } = releaseOf(request);
  const store = stockPlanner.findStore(query.store);
  requireMart(tables, "mart_stock");
  const place = { store, market: query.market ?? "" };
  return { store, reorders: await listReorders(tables, stockPlanner, place, readTerms(query), sort) };
}

/** A page of a ranked list. Ranks count down, as takePage's ids do. */
function takeRanked<Entry>(ranked: readonly Entry[], query: Parameters<typeof takePage>[1]) {
  const byRank = new Map(ranked.map((entry, at) => [String(10 ** RANK_DIGITS - 1 - at), entry]));
  return takePage([...byRank.keys()], query, (rank) => byRank.get(rank));
}

function readSubject(body: {
  readonly store?: string;
  readonly product?: string;
  readonly market?: string;
  readonly demand?: readonly number[];
  readonly stepDays?: number;
}): PolicySubject {
  const { store, product, market = "", demand, stepDays = 7 } = body;
  if (product !== undefined && demand === undefined) return { store, product, market };
  if (demand !== undefined && product === undefined) return { demand: Float64Array.from(demand), stepDays };
  const message = "give either product or demand";
  throw fail(
    "REQUEST_INVALID",
    `The body has ${product === undefined ? "neither" : "both"} product and demand; ${message}.`,
    {
      errors: [{ pointer: product === undefined ? "/product" : "/demand", message }],
    },
  );
}
