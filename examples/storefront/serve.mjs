// Serves the page and passes /v1/… on to the API: what a shop's reverse proxy does.
// node examples/storefront/serve.mjs [API address] [port]
import { readFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";

const [api = "http://127.0.0.1:8080", port = "8090"] = process.argv.slice(2);
const page = readFileSync(new URL("index.html", import.meta.url));

const server = createServer((incoming, outgoing) => {
  if (!incoming.url?.startsWith("/v1/")) {
    outgoing.setHeader("content-type", "text/html; charset=utf-8");
    outgoing.end(page);
    return;
  }
  const { host: _shop, ...headers } = incoming.headers;
  const passed = ask(new URL(incoming.url, api), { method: incoming.method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.on("error", () => outgoing.writeHead(502).end());
  incoming.pipe(passed);
});
server.listen(Number(port), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object" && address !== null) {
    process.stdout.write(`http://127.0.0.1:${address.port}\n`);
  }
});
