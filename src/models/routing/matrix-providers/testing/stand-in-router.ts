import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface StandInRouter {
  readonly url: string;
  /** What it was asked, address by address. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

/** A server on loopback that answers as `answer` says, and keeps what it was asked. */
export async function standInRouter(
  answer: (url: URL, body: string) => { status?: number; body: string },
): Promise<StandInRouter> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const respond = async (): Promise<void> => {
      const text = await readBody(request);
      asked.push(request.url ?? "");
      const { status = 200, body } = answer(new URL(request.url ?? "", "http://stand-in"), text);
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    };
    void respond();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => void server.close(),
  };
}

type Point = readonly number[];

/** Speaks OSRM's table format: the seconds and metres that `legOf` says, null where no road leads. */
export function answerOsrmTable(
  url: URL,
  legOf: (from: Point, to: Point) => { readonly seconds: number; readonly metres: number } | null,
): { body: string } {
  const points = (url.pathname.split("/").at(-1) ?? "").split(";").map((pair) => pair.split(",").map(Number));
  const pick = (name: string): Point[] =>
    (url.searchParams.get(name) ?? "").split(";").map((at) => points[Number(at)] ?? []);
  const table = (of: "seconds" | "metres"): (number | null)[][] =>
    pick("sources").map((from) => pick("destinations").map((to) => legOf(from, to)?.[of] ?? null));
  return { body: JSON.stringify({ code: "Ok", durations: table("seconds"), distances: table("metres") }) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
