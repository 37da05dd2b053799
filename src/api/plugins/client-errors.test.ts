import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiFixture, openApiFixture } from "../testing/api-fixture.ts";

let api: ApiFixture;
let port: number;
beforeAll(async () => {
  api = await openApiFixture(undefined);
  port = Number(new URL(await api.app.listen({ port: 0, host: "127.0.0.1" })).port);
});
afterAll(() => api.close());

/** Everything the server sends before it hangs up. */
function send(bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return text(socket);
}

describe("what is no HTTP", () => {
  it.each([
    ["a bad request line", "hello\r\n\r\n", "not an HTTP request"],
    ["headers that never end", `GET / HTTP/1.1\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, "larger than 16 KiB"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
      "not an HTTP",
    ],
  ])("%s is answered with a problem", async (_name, bytes, detail) => {
    const answer = await send(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json\r\n/);
    expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({
      code: "REQUEST_INVALID",
      detail: expect.stringContaining(detail),
    });
  });
});
