-- Purpose: order lines made up for timing only: one store, 730 days, 40 markets, 5,000 products, ten lines an order,
-- 200,000 customers. Skewed: a few products and markets have most of the sales. Parameters: $line_count.
CREATE TABLE line AS
SELECT
  i // 10 AS order_no,
  '2022-01-01'::DATE + (hash(i // 10) % 730)::INTEGER AS sold_on,
  'M' || lpad(floor(40 * pow((hash(i // 10 + 1000000007) % 1000000) / 1e6, 3))::INTEGER::VARCHAR, 2, '0') AS market_id,
  'P' || lpad(floor(5000 * pow((hash(i + 2000000011) % 1000000) / 1e6, 2))::INTEGER::VARCHAR, 4, '0') AS product_id,
  (hash(i // 10 + 3000000019) % 200000)::INTEGER AS customer_no,
  1 + (hash(i + 4000000007) % 6)::INTEGER AS quantity,
  100 + (hash(i + 5000000029) % 4900)::INTEGER AS price_minor
FROM range($line_count) AS source(i);
