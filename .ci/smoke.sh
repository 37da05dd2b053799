#!/usr/bin/env bash
# Packs the product, installs the package into an empty folder, starts it there on the bundled data and asks it a question of each kind.
set -euo pipefail
cd "$(dirname "$0")/.."

npm run --silent build
folder="$(mktemp -d)"
server=""
finish() {
  [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
  rm -rf "$folder"
}
trap finish EXIT

npm pack --silent --pack-destination "$folder" >/dev/null
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ./tradewind-*.tgz

export TRADEWIND_VAR_DIR="$folder/var" TRADEWIND_PORT=18080
./node_modules/.bin/tradewind start >start.log 2>&1 &
server=$!
for _ in $(seq 1 300); do
  grep -q "Tradewind is ready" start.log && break
  kill -0 "$server" 2>/dev/null || { cat start.log; exit 1; }
  sleep 1
done
grep "Tradewind is ready" start.log

ask() {
  local answer
  answer="$(curl --silent --show-error --fail-with-body "$@")" || { echo "failed: $*: $answer"; exit 1; }
  echo "${answer:0:160}"
}
base="http://127.0.0.1:18080"
ask "$base/readyz"
ask "$base/v1/recommendations/items/85123A/similar?n=3"
ask "$base/v1/forecasts?product=85123A&market=GB&horizon=4"
ask "$base/v1/metrics/query" -H 'content-type: application/json' -d '{"metrics":["net_sales"],"dimensions":["month"]}'
ask "$base/v1/releases"
ask "$base/" >/dev/null
echo "the packed product answers"
