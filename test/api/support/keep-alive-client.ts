import { Agent, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** True when the server asked to end the connection. */
  readonly isLast: boolean;
}

/** A client with one connection that it keeps open between requests, like a storefront's or a balancer's. */
export interface KeepAliveClient {
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
  close(): void;
}

/** Never opens a second connection: what breaks the first one rejects the request. */
export function createKeepAliveClient(url: string): KeepAliveClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, body?: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": "application/json" };
      const outgoing = request(new URL(path, url), { method, agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            isLast: response.headers.connection === "close",
          }),
        );
      });
      outgoing.on("error", reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  return {
    get: (path) => send("GET", path),
    post: (path, body) => send("POST", path, body),
    close: () => agent.destroy(),
  };
}
