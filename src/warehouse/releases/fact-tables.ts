/** Fact tables that releases carry. Orders (`fct_order`) are not among them: conforming rebuilds them from lines. */
export const FACT_TABLES = [
  "fct_product_listing",
  "fct_product_market",
  "fct_order_header",
  "fct_order_line",
  "fct_sales_reversal",
  "fct_payment",
  "fct_session",
  "fct_traffic_event",
  "fct_marketing_spend",
  "fct_touchpoint",
  "fct_shipment",
  "fct_shipment_event",
  "fct_inventory_snapshot",
  "fct_support_contact",
  "fct_review",
  "fct_fx_rate",
] as const;
